import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import { fieldsOf } from '../../forms/language/submission.ts';
import { newId } from '../../server/db/ids.ts';
import { contentHash } from '../../server/db/json.ts';
import { latestForm } from '../../server/db/published.ts';
import { cases, formVersions } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { contentsOf, openDistrict, type District } from '../support/district.ts';

let district: District;
beforeEach(async () => {
  district = await openDistrict();
});
afterEach(() => district.close());

const withPattern = (form: Form, key: string, pattern: string): Form => {
  const changed = structuredClone(form);
  const field = fieldsOf(changed).find((placed) => placed.key === key)?.field;
  if (!field) throw new Error(`there is no field ${key}`);
  field.pattern = pattern;
  return changed;
};

test('what is handed in is judged on RE2: its white space is not the wide one that a browser accepts', async () => {
  const clerk = await district.as('jtj.clerk');
  const version = await latestForm(district.db, 'declaration');
  if (!version) throw new Error('the form is not published');
  const body = withPattern(version.body, 'projectName', '^\\S+\\s\\S+$');
  const next = {
    ...version,
    id: newId(district.time.now),
    version: version.version + 1,
    body,
    hash: contentHash(body),
  };
  await inTransaction(district.db, (tx) => formVersions.insert(tx, next));
  const view = await clerk.start();

  const submit = async (projectName: string) => {
    const forms = { declaration: await clerk.declaration(view, { projectName }) };
    const before = await contentsOf(district.db);
    const answer = await clerk.post(`/cases/${view.id}/submit`, { version: view.version, forms });
    return { answer, changed: (await contentsOf(district.db))['cases'] !== before['cases'] };
  };
  const wide = await submit('浔阳区教育资源　一体化管理平台');
  expect([wide.answer.status, wide.answer.body.error.code, wide.changed]).toEqual([400, 'invalid_value', false]);
  expect(wide.answer.body.error.message).toContain('项目名称');
  expect((await submit('浔阳区教育资源 一体化管理平台')).answer.status).toBe(200);
  expect(await cases.count(district.db, { id: view.id, state: 'running' })).toBe(1);
});

test('an approver is not told the phone number of whoever filled in', async () => {
  const clerk = await district.as('jtj.clerk');
  const owner = await district.as('jtj.owner');
  const draft = await clerk.start();
  expect(draft.env).toMatchObject({ initiator: { phone: expect.stringMatching(/\d/) } });
  const { id } = await clerk.declare({ projectName: '浔阳区电话号码保护验证平台' });
  const { env } = await owner.view(id);
  expect(env).toMatchObject({ initiator: { name: draft.initiator.name, phone: null } });
});
