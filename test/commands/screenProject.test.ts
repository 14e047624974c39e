import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { secretScreenings, units } from '../../server/db/tables.ts';
import { contentsOf, openDistrict, type District } from '../support/district.ts';

let district: District;
beforeEach(async () => {
  district = await openDistrict();
});
afterEach(() => district.close());

test('a secret project leaves a number for the day and the unit, and nothing else in any table', async () => {
  const clerk = await district.as('jtj.clerk');
  const before = await contentsOf(district.db);
  const lines = district.logged.length;
  const answer = await clerk.post<Record<string, string>>('/screenings', { secret: true }, 'secret-key-1');
  expect(answer.ok).toEqual({
    outcome: 'secret',
    message: '涉密事项请按保密规定线下办理，勿在本系统录入、拍照、上传（依据《办法》第三条）。',
    contact: district.deps.district.secrecy.contact,
  });
  expect(district.logged.slice(lines)).toEqual([]);
  const after = await contentsOf(district.db);
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['secret_screenings']);
  const unit = await units.one(district.db, { code: 'jtj' });
  expect(await secretScreenings.find(district.db, {})).toEqual([{ day: '2026-09-01', unitId: unit?.id, count: 1 }]);

  await clerk.post('/screenings', { secret: true }).then(({ ok }) => ok);
  expect((await secretScreenings.find(district.db, {})).map(({ count }) => count)).toEqual([2]);
  expect((await clerk.rows('mine')).items).toEqual([]);
  expect(district.logged.slice(lines).join()).not.toContain('secret');
});

test('a question that carries a title is refused before anything is read from it', async () => {
  const clerk = await district.as('jtj.clerk');
  const before = await contentsOf(district.db);
  const lines = district.logged.length;
  const answer = await clerk.post('/screenings', { secret: true, title: '某某保密工程' });
  expect([answer.status, answer.body.error.code]).toEqual([400, 'unknown_field']);
  expect(await contentsOf(district.db)).toEqual(before);
  expect(district.logged.slice(lines).join()).not.toContain('保密工程');
});

test('an open project is one project however often the answer is sent', async () => {
  const clerk = await district.as('jtj.clerk');
  const answers = await Promise.all(
    [1, 2, 3].map(() => clerk.post<{ caseId: string }>('/screenings', { secret: false }, 'open-key-1')),
  );
  expect(new Set(answers.map(({ ok }) => ok.caseId)).size).toBe(1);
  expect((await clerk.rows('mine')).items).toMatchObject([{ title: '（未命名草稿）', state: 'draft' }]);
  const changed = await clerk.post('/screenings', { secret: true }, 'open-key-1');
  expect(changed.ok).toMatchObject({ outcome: 'secret' });
});

test('a new case begins with what is known of unit and person', async () => {
  const clerk = await district.as('jtj.clerk');
  const view = await clerk.start();
  expect(view.forms[0]?.data).toMatchObject({ applicantUnit: 'jtj', filler: '林墨白', planYear: 2027 });
  expect(view.path.map(({ key, status }) => [key, status])).toEqual([
    ['initiator', 'current'],
    ['owner', 'ahead'],
    ['head', 'ahead'],
  ]);
  expect(view.problems.some(({ code }) => code === 'required')).toBe(true);
});
