import type { Form } from '../../../forms/language/dialect.ts';
import { lint, type Finding } from '../../../forms/language/lint.ts';
import { fieldsOf } from '../../../forms/language/submission.ts';
import type { Reader } from '../../db/handle.ts';
import { latestForms } from '../../db/published.ts';
import { Refusal } from '../../errors.ts';
import type { District } from './district.ts';
import { knownTo, usesMistakenIn } from './inspect.ts';

/**
 * What keeps this form from being published: its own mistakes, and what other forms, flows and stages that are
 * published would find missing in it. What is wrong with those already is not this form's doing.
 */
export async function findingsOf(reader: Reader, district: District, form: Form): Promise<Finding[]> {
  const published = (await latestForms(reader)).map(({ body }) => body);
  const before = { ...district, forms: published };
  const after = { ...district, forms: [...published.filter(({ key }) => key !== form.key), form] };
  const known = new Set([...usesMistakenIn(before), ...neighboursMistakenIn(before, form.key)]);
  const used = [...usesMistakenIn(after), ...neighboursMistakenIn(after, form.key)].filter((line) => !known.has(line));
  return [
    ...lint(form, knownTo(after)),
    ...used.map((line) => ({ code: 'usedElsewhere', path: form.key, message: `别处还在使用这张表单：${line}` })),
  ];
}

/** Forms whose tables take their rows from this one. */
function neighboursMistakenIn(district: District, key: string): string[] {
  const neighbours = district.forms.filter(
    (form) => form.key !== key && fieldsOf(form).some(({ field }) => field['x-rows-from']?.form === key),
  );
  return neighbours.flatMap((form) =>
    lint(form, knownTo(district)).map(({ path, message }) => `表单“${form.title}” ${path}：${message}`),
  );
}

/** Refuses a form with findings, each with its place. */
export function refuseFindings({ title }: Form, findings: Finding[]): void {
  if (findings.length === 0) return;
  const level = 'block' as const;
  const problems = findings.map(({ code, path, message }) => ({ path, title, code, level, message }));
  throw new Refusal('form_findings', { count: findings.length }, { problems });
}
