import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { isNamed } from '../../forms/language/rights.ts';
import { connectionOf } from '../../server/db/handle.ts';
import { storedHash } from '../../server/db/sealing.ts';
import { select } from '../../server/db/sql.ts';
import { submissions } from '../../server/db/tables.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import { DECLARATION, openDistrict, type District } from '../support/district.ts';

const OWNER = DECLARATION['ownerPhone'] as string;
const MASK = `${OWNER.slice(0, 5)}*****${OWNER.slice(-2)}`;

let district: District;
let caseId: string;
let filing: CaseView;
beforeAll(async () => {
  district = await openDistrict();
  caseId = (await (await district.as('jtj.clerk')).declare()).id;
  await (await district.as('jtj.owner')).act(caseId, 'approve').then(({ ok }) => ok);
  await (await district.as('jtj.head')).act(caseId, 'approve').then(({ ok }) => ok);
  const intake = await district.as('xxb.intake');
  filing = await intake.view((await intake.rows('todo')).items[0]?.caseId ?? '');
});
afterAll(() => district.close());

const shown = ({ forms }: CaseView): Data => forms.find(({ key }) => key === 'declaration')?.data ?? {};

test('the unit and the seat that calls it read the number, whoever reads everything reads a mask', async () => {
  for (const login of ['jtj.clerk', 'jtj.owner', 'jtj.head'])
    expect([login, shown(await (await district.as(login)).view(caseId))['ownerPhone']]).toEqual([login, OWNER]);
  expect(shown(filing)['ownerPhone']).toBe(OWNER);
  const director = await (await district.as('xxb.director')).view(filing.id);
  expect(shown(director)).toMatchObject({ ownerPhone: MASK, contactPhone: expect.stringContaining('***') });
  expect(JSON.stringify(director)).not.toContain(OWNER);
  const rights = director.forms.find(({ key }) => key === 'declaration')?.rights ?? {};
  expect(isNamed(rights, 'ownerPhone')).toBe(false);
});

test('what is carried over to the next stage is sealed for its own case, and every hash is of what is stored', async () => {
  const rows = await select<{ case_id: string; data: string; hash: string }>(
    district.db,
    "SELECT case_id, data, hash FROM submissions WHERE form_key = 'declaration'",
  );
  expect(rows.map((row) => row.case_id).sort()).toEqual([caseId, filing.id].sort());
  for (const { data, hash } of rows) {
    expect(data).not.toContain(OWNER);
    expect(storedHash(JSON.parse(data) as Data)).toBe(hash);
  }
  expect(rows[0]?.hash).not.toBe(rows[1]?.hash);
  const opened = await submissions.find(district.db, { formKey: 'declaration' });
  expect(opened.map(({ data }) => data['ownerPhone'])).toEqual([OWNER, OWNER]);
});

test('a draft of earlier times, with its numbers in the open, still opens, and the next save seals them', async () => {
  const clerk = await district.as('jtj.clerk');
  const { id } = await clerk.start();
  const save = (data: Data, draftVersion: number) =>
    clerk.put(`/cases/${id}/draft`, { form: 'declaration', task: null, data, draftVersion }).then(({ ok }) => ok);
  await save({ ownerPhone: OWNER }, 0);
  const [draft] = await select<{ data: string }>(district.db, 'SELECT data FROM task_drafts WHERE case_id = $id', {
    id,
  });
  const plain = { ...(JSON.parse(draft?.data ?? '{}') as Data), ownerPhone: OWNER };
  await district.db[connectionOf].query('UPDATE task_drafts SET data = ? WHERE case_id = ?', {
    replacements: [JSON.stringify(plain), id],
  });
  const view = await clerk.view(id);
  expect(shown(view)['ownerPhone']).toBe(OWNER);
  await save(shown(view), 1);
  const [saved] = await select<{ data: string }>(district.db, 'SELECT data FROM task_drafts WHERE case_id = $id', {
    id,
  });
  expect(saved?.data).not.toContain(OWNER);
  expect(shown(await clerk.view(id))['ownerPhone']).toBe(OWNER);
});
