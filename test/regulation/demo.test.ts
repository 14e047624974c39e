import { describe, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { align } from '../../forms/language/rowsFrom.ts';
import { compute, merge, problems, redact, startingData } from '../../forms/language/submission.ts';
import { filledIn } from '../../scripts/demo/filledIn.ts';
import type { Flow } from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { CLAUSES, PEOPLE } from '../support/catalogue.ts';
import {
  clerkContext,
  clerkEnv,
  DECLARATION,
  DEMO_PLAN,
  DEMO_PROJECTS,
  demoProject,
  FILING,
  readForms,
  REVIEW,
} from '../support/declaration.ts';

describe.each(DEMO_PROJECTS.map((project) => [project.key, project] as const))('demo project %s', (_, project) => {
  const clerk = PEOPLE.find(({ login }) => login === project.clerk);
  const ctx = clerkContext(clerkEnv(project.unit, { name: clerk?.name ?? null, phone: clerk?.phone ?? null }));

  test('may be submitted, and its computed values are right', () => {
    expect(problems(DECLARATION, project.declaration, ctx).filter(({ level }) => level === 'block')).toEqual([]);
    expect(compute(DECLARATION, project.declaration, ctx)).toEqual(project.declaration);
  });

  test('is written by a clerk of its unit and played by people who exist', () => {
    expect(clerk?.unit).toBe(project.unit);
    expect(clerk?.seats).toContain('clerk');
    const logins = PEOPLE.map(({ login }) => login);
    expect(project.play.filter(({ by }) => !logins.includes(by))).toEqual([]);
    expect(project.declaration['planningRef']).toMatchObject({ id: expect.anything() });
    expect(CLAUSES.map(({ id, label }) => ({ id, label }))).toContainEqual(project.declaration['planningRef']);
  });

  test('is reviewed with a complete filing wherever the office acts', () => {
    const office = project.play.some(({ by }) => by === 'xxb.intake');
    expect(project.filing !== undefined).toBe(office);
    if (!project.filing) return;
    const { supplementDueInDays, ...filing } = project.filing;
    const due: Data = supplementDueInDays === undefined ? {} : { supplementDue: '2026-09-01' };
    expect(problems(FILING, { receiveDate: '2026-08-20', ...filing, ...due }, ctx)).toEqual([]);
  });
});

test('the demo tells a dozen different stories', () => {
  expect(DEMO_PROJECTS.length).toBeGreaterThanOrEqual(12);
  const names = DEMO_PROJECTS.map(({ declaration }) => declaration['projectName'] as string);
  expect(new Set(names).size).toBe(names.length);
  expect(Math.max(...names.map((name) => name.length))).toBeGreaterThan(50);
  const texts = DEMO_PROJECTS.flatMap(({ declaration }) =>
    ['currentState', 'necessity', 'goals', 'outcomes'].map((key) => declaration[key]),
  );
  expect(new Set(texts).size).toBe(texts.length);
  const fates = ['draft', 'atOwner', 'atHead', 'declared', 'supplement', 'reissuing', 'accepted', 'notAccepted'];
  expect(DEMO_PROJECTS.map(({ fate }) => fate)).toEqual(expect.arrayContaining(fates));
});

/** Walks a review as the flow does: everybody at the joint step, then the office, then the director. */
function walk(key: string): { at: string; answered: string[]; data: Data } {
  const project = demoProject(key);
  const [, joint, summary, director] = stepsOf(readForms<Flow>('stages/30-preliminary/flow.json').nodes);
  if (!joint || !summary || !director) throw new Error('the flow has lost a step');
  const env = { ...clerkEnv(project.unit), round: 1 };
  let data = align(REVIEW, startingData(REVIEW, env), { declaration: project.declaration });
  let at = joint;
  const answered: string[] = [];
  for (const act of DEMO_PLAN.reviews[key] ?? []) {
    const person = PEOPLE.find(({ login }) => login === act.by);
    const seat = at.seats.find((one) => one.unit === person?.unit && person.seats.includes(one.seat));
    if (!seat) throw new Error(`${key}: ${act.by} has no seat at ${at.key}`);
    const rights = (seat.rights ?? at.rights)?.['review'] ?? {};
    const ctx = { ...clerkContext({ ...env, step: at.key, decision: act.action }), rights };
    data = merge(REVIEW, data, filledIn(redact(REVIEW, data, rights), act.review ?? {}), ctx);
    expect([key, act.by, problems(REVIEW, data, ctx).filter(({ level }) => level === 'block')]).toEqual([
      key,
      act.by,
      [],
    ]);
    if (act.action === 'return') return { at: 'initiator', answered, data };
    if (at === joint) answered.push(`${seat.unit}/${seat.seat}`);
    if (at === director) return { at: 'approved', answered, data };
    if (at === summary) at = director;
    else if (answered.length === joint.seats.length) at = summary;
  }
  return { at: at.key, answered, data };
}

describe('the demo plan', () => {
  test('takes in every project that was accepted, by the seat that compiles', () => {
    const accepted = DEMO_PROJECTS.filter(({ fate }) => fate === 'accepted').map(({ key }) => key);
    expect([...DEMO_PLAN.lines].sort()).toEqual(accepted.sort());
    expect(Object.keys(DEMO_PLAN.reviews).sort()).toEqual([...DEMO_PLAN.lines].sort());
    expect(PEOPLE.find(({ login }) => login === DEMO_PLAN.by)).toMatchObject({ unit: 'xxb', seats: ['reviewer'] });
  });

  test.each([
    ['zwzx-nearby', 'joint', 0],
    ['cgj-waste', 'joint', 3],
    ['wjw-disease', 'summary', 5],
    ['mzj-relief', 'initiator', 5],
    ['yjj-safety', 'director', 5],
    ['jtj-campus', 'approved', 5],
    ['czj-budget', 'joint', 3],
  ])('%s stands at %s after %i answers', (key, at, count) => {
    const end = walk(key);
    expect([end.at, new Set(end.answered).size]).toEqual([at, count]);
  });

  test('the office agrees on no more than the departments asked for', () => {
    for (const key of ['yjj-safety', 'jtj-campus']) {
      const { data } = walk(key);
      expect(Number(data['cutTotal'])).toBeGreaterThan(0);
      expect(data['agreedTotal']).toBe(Number(data['declaredTotal']) - Number(data['cutTotal']));
    }
  });

  test('the project of a department is reviewed by others: its own seat writes nothing', () => {
    const own = DEMO_PLAN.lines.map(demoProject).filter(({ unit }) => ['czj', 'fgw', 'spj', 'xxb'].includes(unit));
    expect(own.map(({ key }) => key)).toEqual(['czj-budget']);
    expect((DEMO_PLAN.reviews['czj-budget'] ?? []).map(({ by }) => by.split('.')[0])).not.toContain('czj');
  });
});
