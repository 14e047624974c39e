import { describe, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { compute, problems } from '../../forms/language/submission.ts';
import { CLAUSES, PEOPLE } from '../support/catalogue.ts';
import { clerkContext, clerkEnv, DECLARATION, DEMO_PROJECTS, FILING } from '../support/declaration.ts';

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
