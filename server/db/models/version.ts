import { Model, type Attributes, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Form } from '../../../forms/language/dialect.ts';
import type { Stage } from '../../../forms/language/stage.ts';
import type { Flow } from '../../flow/model.ts';
import { id, instant, json, whole, word } from '../columns.ts';
import { frozen } from '../frozen.ts';
import { table } from '../table.ts';

/** What is published is frozen: these rows are inserted and read, never changed. `hash` is taken over `body`. */
class FormVersion extends Model<InferAttributes<FormVersion>, InferCreationAttributes<FormVersion>> {
  declare id: string;
  declare formKey: string;
  declare version: number;
  declare hash: string;
  declare body: Form;
  declare publishedAt: number;
}

class FlowVersion extends Model<InferAttributes<FlowVersion>, InferCreationAttributes<FlowVersion>> {
  declare id: string;
  declare flowKey: string;
  declare version: number;
  declare hash: string;
  declare body: Flow;
  declare publishedAt: number;
}

class StageVersion extends Model<InferAttributes<StageVersion>, InferCreationAttributes<StageVersion>> {
  declare id: string;
  declare stageKey: string;
  declare version: number;
  declare hash: string;
  declare body: Stage;
  declare publishedAt: number;
}

export const formVersions = frozen(
  table(
    FormVersion,
    'form_versions',
    { id: id(), formKey: word(), version: whole(), hash: word(), body: json<Form>(), publishedAt: instant() },
    ['id'],
  ),
);

export const flowVersions = frozen(
  table(
    FlowVersion,
    'flow_versions',
    { id: id(), flowKey: word(), version: whole(), hash: word(), body: json<Flow>(), publishedAt: instant() },
    ['id'],
  ),
);

export const stageVersions = frozen(
  table(
    StageVersion,
    'stage_versions',
    { id: id(), stageKey: word(), version: whole(), hash: word(), body: json<Stage>(), publishedAt: instant() },
    ['id'],
  ),
);

export type FormVersionRow = Attributes<FormVersion>;
export type FlowVersionRow = Attributes<FlowVersion>;
export type StageVersionRow = Attributes<StageVersion>;
