/**
 * form.io's own validation on the server, for the same fields, limits, choices and tables. It is asked for less than we
 * are: no computed values, no checks over several fields, no conditions.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { answersOf, isServerValue, limitsOf } from '../../../forms/language/components.ts';
import type { Field } from '../../../forms/language/dialect.ts';
import { columnsOf, fieldsOf } from '../../../forms/language/outline.ts';
import type { FillContext } from '../../../forms/language/submission.ts';
import type { Subject } from '../formsSubject.ts';

interface FormioCore {
  processSync(context: object): void;
  ProcessTargets: { evaluator: object[] };
}

const HERE = import.meta.dirname;

/** What to do where it is not installed; it is no dependency of ours. */
export const HOW_TO_GET_PEERS = 'npm ci --prefix scripts/bench/peers';

/** Returns a check, or null where form.io is not installed. */
export function formioCheck({ form, data, ctx }: Subject): (() => void) | null {
  if (!existsSync(path.join(HERE, 'node_modules/@formio/core'))) return null;
  const core = createRequire(path.join(HERE, 'package.json'))('@formio/core') as FormioCore;
  const components = fieldsOf(form)
    // What our rules hide here is left out: form.io is spared asking, and gets the benefit.
    .filter(({ key }) => data[key] !== undefined)
    .map(({ key, field }) => component(key, field, ctx));
  return () => {
    const copy = structuredClone(data);
    const scope = { errors: [] as { ruleName: string; context: { path: string } }[] };
    core.processSync({
      form: { components },
      components,
      data: copy,
      submission: { data: copy },
      scope,
      processors: core.ProcessTargets.evaluator,
    });
    const [error] = scope.errors;
    if (error) throw new Error(`form.io refuses ${error.context.path}: ${error.ruleName}`);
  };
}

function component(key: string, field: Field, ctx: FillContext): object {
  const { maxLength, minLength, minimum, maximum, pattern } = limitsOf(field);
  const base = {
    key,
    label: field.title,
    input: true,
    validate: {
      required:
        field['x-required'] === true &&
        field['x-visible'] === undefined &&
        field.type !== 'boolean' &&
        !isServerValue(field),
      maxLength,
      minLength,
      min: minimum,
      max: maximum,
      pattern,
    },
  };
  switch (field['x-component']) {
    case 'Table':
      return {
        ...base,
        type: 'datagrid',
        components: columnsOf(field).map(([column, cell]) => component(column, cell, ctx)),
      };
    case 'Select':
    case 'Unit':
    case 'MultiSelect':
    case 'Units':
      return {
        ...base,
        type: 'select',
        multiple: Array.isArray(field.type) || field.type === 'array',
        data: { values: answersOf(field, ctx.dictionaries) ?? [] },
      };
    case 'Integer':
    case 'Number':
    case 'Money':
    case 'Percent':
    case 'Year':
      return { ...base, type: 'number' };
    case 'Boolean':
      return { ...base, type: 'checkbox' };
    case 'Files':
      return { ...base, type: 'file', multiple: true };
    default:
      return { ...base, type: field.type === 'object' ? 'hidden' : 'textfield' };
  }
}
