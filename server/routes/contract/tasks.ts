/** Whose turn it is, and acting on it. Rows are the same as in a list of cases. */
import Type, { type Static } from 'typebox';
import { Forms } from './cases.ts';
import { PageQuery } from './common.ts';
import { inline, record, Version } from './shape.ts';

export const TasksQuery = inline({ box: Type.Enum(['todo', 'done'], { title: '列表' }), ...PageQuery.properties });
export type TasksQuery = Static<typeof TasksQuery>;

export const ActBody = record('ActBody', {
  version: Version(),
  action: Type.Enum(['approve', 'return', 'reject', 'resubmit', 'nominate'], { title: '办理动作' }),
  opinion: Type.String({ title: '意见', maxLength: 2000 }),
  to: Type.Optional(
    Type.String({
      title: '退回到的环节，或指定的席位',
      pattern: '^[A-Za-z][A-Za-z0-9]{0,63}(/[A-Za-z][A-Za-z0-9]{0,63})?$',
    }),
  ),
  resume: Type.Optional(Type.Enum(['stepwise', 'straightBack'], { title: '重新提交后的走法' })),
  forms: Type.Optional(Forms()),
});
export type ActBody = Static<typeof ActBody>;
