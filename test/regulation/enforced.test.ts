/** What the server itself refuses or does for the regulation, asked for through HTTP and not of the function at work. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { proposalPdf } from '../../scripts/proposalPdf.ts';
import { secretScreenings } from '../../server/db/tables.ts';
import type { ErrorBody } from '../../server/routes/contract/common.ts';
import { readForms } from '../support/declaration.ts';
import { contentsOf, openDistrict, type Actor, type District } from '../support/district.ts';

interface PolicyRule {
  id: string;
  article: string;
  where: string[];
  status: 'enforced' | 'planned';
}

/** Places that need the whole server; checks, fields and steps are proven beside the forms and flows they stand in. */
const KINDS = ['refusal', 'gate', 'command'];
const PLACES = readForms<{ rules: PolicyRule[] }>('policy/rules.json')
  .rules.filter(({ status }) => status === 'enforced')
  .flatMap(({ id, article, where }) => where.map((place) => ({ id, article, place })))
  .filter(({ place }) => KINDS.includes(place.split(' ')[0] ?? ''));

let district: District;
let clerk: Actor;
beforeEach(async () => {
  district = await openDistrict();
  clerk = await district.as('jtj.clerk');
});
afterEach(() => district.close());

type Refused = ErrorBody['error'];
type Attempt = () => Promise<{ status: number; body: ErrorBody }>;

async function upload(name: string, noSecret: string): Promise<Attempt> {
  const { id } = await clerk.start();
  return async () => {
    const answer = await request(district.url)
      .post(`/api/cases/${id}/files`)
      .set('Authorization', `Bearer ${clerk.token}`)
      .field('noSecret', noSecret)
      .attach('file', Buffer.from(proposalPdf('test')), { filename: name, contentType: 'application/pdf' });
    return { status: answer.status, body: answer.body as ErrorBody };
  };
}

/** Prepares what the regulation forbids; what is given back attempts it. */
const FORBIDDEN: Record<string, () => Promise<Attempt>> = {
  'refusal form_incomplete': async () => {
    const view = await clerk.start();
    const declaration = await clerk.declaration(view, { newRoom: true, truthPledge: false });
    return () => clerk.post(`/cases/${view.id}/submit`, { version: view.version, forms: { declaration } });
  },
  'gate declarationWindow': async () => {
    const { id } = await clerk.declare();
    const owner = await district.as('jtj.owner');
    await owner.act(id, 'approve').then(({ ok }) => ok);
    district.time.now = Date.UTC(2026, 8, 30, 16, 0, 0);
    const head = await district.fresh('jtj.head');
    return () => head.act(id, 'approve');
  },
  'refusal file_not_declared_open': () => upload('项目建议书.pdf', 'false'),
  'refusal file_marked_secret': () => upload('机密★项目建议书.pdf', 'true'),
};

/** What a verb does for the regulation beyond refusing. */
const DONE: Record<string, () => Promise<void>> = {
  'command screenProject': async () => {
    const before = await contentsOf(district.db);
    const named = await clerk.post('/screenings', { secret: true, title: '某某保密工程' });
    expect([named.status, named.body.error.code]).toEqual([400, 'unknown_field']);
    expect(await contentsOf(district.db)).toEqual(before);

    const { ok } = await clerk.post<object>('/screenings', { secret: true });
    expect(ok).toEqual({ outcome: 'secret', message: expect.stringContaining('第三条'), contact: expect.anything() });
    const after = await contentsOf(district.db);
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['secret_screenings']);
    const [counted, ...more] = await secretScreenings.find(district.db, {});
    expect([Object.keys(counted ?? {}).sort(), more]).toEqual([['count', 'day', 'unitId'], []]);

    // Nothing can be typed or attached before the question: only its answer makes a case to type into.
    const view = await clerk.start();
    expect(view).toMatchObject({ state: 'draft', project: { title: null, no: null } });
    expect((await clerk.post('/cases', {})).status).toBe(405);
  },
};

test('every refusal, gate and verb that enforces a rule is tried here', () => {
  const places = [...new Set(PLACES.map(({ place }) => place))].sort();
  expect([...Object.keys(FORBIDDEN), ...Object.keys(DONE)].sort()).toEqual(places);
});

/** Gates share one code; which of them it was is told by the rule. */
const codeBehind = (place: string) => (place.startsWith('gate ') ? 'gate_refused' : place.replace('refusal ', ''));

const refusals = PLACES.filter(({ place }) => !place.startsWith('command '));
const verbs = PLACES.filter(({ place }) => place.startsWith('command '));

describe('what the regulation forbids is refused', () => {
  test.each(refusals)('$id by $place', async ({ id, article, place }) => {
    const attempt = await FORBIDDEN[place]?.();
    const before = await contentsOf(district.db);
    const answer = await attempt?.();
    expect(await contentsOf(district.db)).toEqual(before);
    const refused = answer?.body.error as Refused;
    expect(refused.code).toBe(codeBehind(place));

    // Whoever is refused hears why and what can be done (R01-1), of each thing that is wrong.
    const grounds = refused.problems ?? [refused];
    expect(grounds.length).toBeGreaterThan(0);
    for (const { message, article: named } of grounds) {
      expect([message, named]).toEqual([expect.stringMatching(/[请可].*。$/), expect.stringMatching(/^\d+$/)]);
    }
    if (id !== 'R01-1') expect(refused).toMatchObject({ article, rule: id });
  });
});

test('a draft of a year that has closed is not taken any more either (R07-3)', async () => {
  const view = await clerk.start();
  const declaration = await clerk.declaration(view);
  district.time.now = Date.UTC(2026, 8, 30, 16, 0, 0);
  const late = await district.fresh('jtj.clerk');
  const { body } = await late.post(`/cases/${view.id}/submit`, { version: view.version, forms: { declaration } });
  expect(body.error.problems).toMatchObject([{ path: 'planYear', code: 'plan-year', article: '7' }]);
});

describe('what the regulation asks for is done', () => {
  test.each(verbs)('$id by $place', async ({ place }) => {
    expect.hasAssertions();
    await DONE[place]?.();
  });
});
