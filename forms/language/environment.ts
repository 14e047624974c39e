/** What the rules of a form read of the world around it, so that nothing else has to be loaded or sent. */
import { isEmpty } from './components.ts';
import type { Data, Form, Rule } from './dialect.ts';
import { columnsOf, outlineOf } from './outline.ts';
import { readsOf } from './reads.ts';

const read = new WeakMap<Form, string[]>();

/** Every path under `env.` that a rule of this form reads, without the `env.`. Kept per form object. */
export function environmentOf(form: Form): readonly string[] {
  let paths = read.get(form);
  if (!paths) {
    paths = readsOf(rulesOf(form))
      .filter((path) => path.startsWith('env.'))
      .map((path) => path.slice('env.'.length));
    read.set(form, paths);
  }
  return paths;
}

/** Fields of earlier forms that its rules read (`env.earlier.<form>.<field>`), by form key. */
export function earlierOf(form: Form): Record<string, string[]> {
  const wanted: Record<string, string[]> = {};
  for (const path of environmentOf(form)) {
    const [head, formKey, field] = path.split('.');
    if (head !== 'earlier' || formKey === undefined || field === undefined) continue;
    const fields = (wanted[formKey] ??= []);
    if (fields.indexOf(field) < 0) fields.push(field);
  }
  return wanted;
}

/**
 * Where each field comes from that a new form begins with and nobody has to type again (一次填报、多处复用): `unit`,
 * `project`, or the key of an earlier form. `start` is the form's starting data.
 */
export function carriedInto(form: Form, start: Data): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { key, field } of outlineOf(form).fields) {
    const rule = field['x-default'];
    const from = rule === undefined ? null : sourceIn(rule);
    if (from !== null && !isEmpty(start[key])) found[key] = from;
  }
  return found;
}

function sourceIn(rule: Rule): string | null {
  for (const path of readsOf(rule)) {
    const [head, first, second] = path.split('.');
    if (head !== 'env') continue;
    if (first === 'unit' || first === 'project') return first;
    if (first === 'earlier' && second !== undefined) return second;
  }
  return null;
}

function rulesOf(form: Form): Rule[] {
  const { fields, layouts } = outlineOf(form);
  const rules: (Rule | undefined)[] = [];
  layouts.forEach(({ layout }) => rules.push(layout['x-visible']));
  for (const { field } of fields) {
    for (const one of [field, ...columnsOf(field).map(([, cell]) => cell)]) {
      rules.push(
        one['x-visible'],
        one['x-required'],
        one['x-editable'],
        one['x-value'],
        one['x-default'],
        one['x-offered'],
      );
    }
  }
  for (const check of form.checks ?? []) rules.push(check.when, check.holds);
  return rules.filter((rule) => rule !== undefined);
}
