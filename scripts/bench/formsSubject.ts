/** What the bench of the form language checks: one full declaration of the demonstration, as its clerk sends it. */
import type { Data, Env } from '../../forms/language/dialect.ts';
import { finished, merge, startingData, tidy, type FillContext } from '../../forms/language/submission.ts';
import type { Form } from '../../forms/language/dialect.ts';
import { readDistrict } from '../../server/district.ts';
import { judgeForm } from '../../server/validate.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = 'jtj-campus';

export interface Subject {
  form: Form;
  /** As sent by the phone. */
  sent: Data;
  /** As handed in. */
  data: Data;
  ctx: FillContext;
}

/** Reads the district's declaration and the demonstration's answers to it. */
export async function readSubject(): Promise<Subject> {
  const district = await readDistrict();
  const form = district.forms.find(({ key }) => key === 'declaration');
  const demo = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../forms/catalogue/projects.demo.json'), 'utf8'),
  ) as { projects: { key: string; unit: string; declaration: Data }[] };
  const project = demo.projects.find(({ key }) => key === PROJECT);
  const unit = district.units.find(({ code }) => code === project?.unit);
  if (!form || !project || !unit) throw new Error('the demonstration has no full declaration');
  const env: Env = {
    today: '2026-08-20',
    planYears: [2027, 2028],
    round: 1,
    step: null,
    decision: null,
    unit: { code: unit.code, name: unit.name, type: unit.type, uscc: unit.uscc },
    person: { id: 'clerk', name: '林墨白', phone: '0792-0000201' },
    initiator: { name: '林墨白', phone: '0792-0000201' },
    project: { no: null, title: null, planYear: null, totalInvest: null },
    earlier: {},
    workdays: null,
  };
  const units = district.units
    .filter(({ uscc }) => uscc !== null)
    .map(({ code, name }) => ({ value: code, label: name }));
  const planningClause = district.planning.map(({ id, label }) => ({ value: id, label }));
  const ctx: FillContext = {
    env,
    rights: { '*': 'edit' },
    dictionaries: { ...district.dictionaries, units, planningClause },
  };
  const sent = { ...startingData(form, env), ...project.declaration };
  const subject = { form, sent, ctx, data: sent };
  const { data, problems } = check(subject, 'subject');
  const blocking = problems.filter(({ level }) => level === 'block');
  if (blocking.length > 0) throw new Error(`the declaration does not pass: ${JSON.stringify(blocking)}`);
  return { ...subject, data };
}

/**
 * What the server does with one declaration that is handed in: shape, rights, computed values, rules, and shape again
 * in full strength. `versionId` names the version, by which compiled validators are kept.
 */
export function check({ form, sent, ctx }: Subject, versionId: string) {
  const incoming = tidy(sent);
  judgeForm(versionId, form, ctx.dictionaries, incoming);
  const result = finished(form, merge(form, {}, incoming, ctx), ctx);
  judgeForm(versionId, form, ctx.dictionaries, result.data, 'final');
  return result;
}
