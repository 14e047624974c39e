import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import { loadDistrict } from '../../server/commands/loadDistrict.ts';
import { formLog, formVersions } from '../../server/db/tables.ts';
import type { DesignedForms, FormHistory } from '../../server/routes/contract/design.ts';
import { ADMIN, draft, latestOf, publish, withQuestion } from '../support/design.ts';
import { contentsOf, openDistrict, type Actor, type District } from '../support/district.ts';

const KEY = 'declaration';
const PLACE = `/design/forms/${KEY}`;

let district: District;
let admin: Actor;
beforeEach(async () => {
  district = await openDistrict();
  admin = await district.as(ADMIN);
});
afterEach(() => district.close());

const changed = (form: Form) => withQuestion(form, 'localisation');
const codeOf = async (answer: Promise<{ status: number; body: { error?: { code: string } } }>) =>
  (await answer).body.error?.code;

describe('publishing a form', () => {
  test('what is new has a number, a hash, a name and a reason; the draft is gone', async () => {
    const history = await publish(admin, KEY, changed);
    expect(history.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(history.versions.map(({ log }) => log)).toMatchObject([
      [{ action: 'publish', person: '乔知夏', reason: '按新要求修订' }],
      [{ action: 'publish', person: null, reason: null }],
    ]);
    expect(history.draft).toBeNull();
    const { form } = await latestOf(admin, KEY);
    expect(JSON.stringify(form)).toContain('localisation');
  });

  test('needs a reason, a change, the latest base, and a draft nobody saved meanwhile', async () => {
    const { id, form } = await latestOf(admin, KEY);
    const send = (version: number, reason = '修订') => admin.post<FormHistory>(`${PLACE}/publish`, { version, reason });
    await draft(admin, form, id);
    expect(await codeOf(send(1, ' '))).toBe('reason_required');
    expect(await codeOf(send(1))).toBe('form_unchanged');
    await draft(admin, changed(form), null, 1);
    expect(await codeOf(send(2))).toBe('form_base_outdated');
    await draft(admin, changed(form), id, 2);
    const before = await contentsOf(district.db);
    expect(await codeOf(send(2))).toBe('form_draft_stale');
    const late = { version: 2, baseVersionId: id, form };
    expect(await codeOf(admin.put(`${PLACE}/draft`, late))).toBe('form_draft_stale');
    expect(await codeOf(admin.delete(`${PLACE}/draft?version=2`))).toBe('form_draft_stale');
    expect(await contentsOf(district.db)).toEqual(before);
    expect((await send(3)).status).toBe(200);
    expect(await codeOf(send(3))).toBe('form_draft_stale');
  });

  test('two administrators at once: one publishes, the other hears of it', async () => {
    const { id, form } = await latestOf(admin, KEY);
    const { version } = await draft(admin, changed(form), id);
    const both = [1, 2].map(() => admin.post(`${PLACE}/publish`, { version, reason: '修订' }));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await formVersions.count(district.db, { formKey: KEY })).toBe(2);
  });

  test('a repetition with the same key publishes once', async () => {
    const { id, form } = await latestOf(admin, KEY);
    const { version } = await draft(admin, changed(form), id);
    const both = [1, 2].map(() => admin.post(`${PLACE}/publish`, { version, reason: '修订' }, 'one-and-the-same'));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await formLog.count(district.db, { formKey: KEY, action: 'publish' })).toBe(2);
  });

  test('findings are told with the draft and stop it from being published, also what flows and stages would miss', async () => {
    const { id, form } = await latestOf(admin, KEY);
    const bad = withQuestion(form, 'localisation', { 'x-visible': { var: 'nobodyKnows' } });
    const { findings } = await draft(admin, bad, id);
    expect(findings.map(({ path }) => path)).toContain('localisation');
    const without = structuredClone(form);
    const text = JSON.stringify(without).replaceAll('"projectName"', '"projectCalled"');
    const renamed = await draft(admin, JSON.parse(text) as Form, id, 1);
    expect(renamed.findings.map(({ code }) => code)).toContain('usedElsewhere');
    const answer = await admin.post(`${PLACE}/publish`, { version: 2, reason: '修订' });
    expect(answer.body.error).toMatchObject({ code: 'form_findings', problems: expect.any(Array) });
    expect(await formVersions.count(district.db, { formKey: KEY })).toBe(1);
  });

  test('what is no form of the dialect is refused with its place, and so is what is too deep or too large', async () => {
    const { id, form } = await latestOf(admin, KEY);
    const save = (body: unknown) =>
      codeOf(admin.put(`${PLACE}/draft`, { version: 0, baseVersionId: id, form: body as object }));
    const before = await contentsOf(district.db);
    expect(await save({ ...form, script: 'alert(1)' })).toBe('form_malformed');
    expect(await save({ ...form, $ref: 'file:///etc/passwd' })).toBe('form_malformed');
    expect(await save({ ...form, key: 'filing' })).toBe('form_key_differs');
    let deep: object = {};
    for (let at = 0; at < 200; at += 1) deep = { deep };
    expect(await save({ ...form, properties: { deep } })).toBe('too_deep');
    expect(await save({ ...form, description: '长'.repeat(400_000) })).toBe('body_too_large');
    expect(await contentsOf(district.db)).toEqual(before);
  });

  test('nobody else designs forms', async () => {
    const before = await contentsOf(district.db);
    for (const login of ['jtj.clerk', 'xxb.director', 'xxb.intake']) {
      const actor = await district.as(login);
      expect((await actor.get('/design/forms')).body.error.code).toBe('forbidden');
      expect(await codeOf(actor.post(`${PLACE}/retire`, { version: 1, reason: '停用' }))).toBe('forbidden');
    }
    expect((await contentsOf(district.db))['form_retirements']).toBe(before['form_retirements']);
  });
});

describe('a retired form', () => {
  test('begins no new case, leaves running ones alone, and comes back when it is published anew', async () => {
    const clerk = await district.as('jtj.clerk');
    const running = await clerk.start();
    const retired = await admin.post<FormHistory>(`${PLACE}/retire`, { version: 1, reason: '表式作废' });
    expect(retired.ok).toMatchObject({ retired: true, stages: ['项目申报'] });
    expect(await codeOf(admin.post(`${PLACE}/retire`, { version: 1, reason: '再停一次' }))).toBe('form_retired');
    const refused = await clerk.post('/screenings', { secret: false });
    expect(refused.body.error).toMatchObject({ code: 'form_retired', message: expect.stringContaining('申报表') });
    const forms = { declaration: await clerk.declaration(running) };
    expect((await clerk.post(`/cases/${running.id}/submit`, { version: running.version, forms })).status).toBe(200);

    const { id, form } = await latestOf(admin, KEY);
    const { version } = await draft(admin, form, id);
    expect((await admin.post(`${PLACE}/publish`, { version, reason: '恢复使用' })).status).toBe(200);
    expect((await clerk.post('/screenings', { secret: false })).status).toBe(200);
  });
});

describe('a start of the server', () => {
  const restart = async (change: (form: Form) => Form = (form) => form) => {
    const { deps, db, time } = district;
    const forms = deps.district.forms.map((form) => (form.key === KEY ? change(form) : form));
    const kept: string[] = [];
    const options = { demo: true, onKept: (keys: string[]) => void kept.push(...keys) };
    const published = await loadDistrict(db, { ...deps.district, forms }, options, time.now);
    return { published, kept };
  };
  const retitled = (title: string) => (form: Form) => ({ ...form, title });

  test('does not overwrite what an administrator published while the file stayed as it was', async () => {
    await publish(admin, KEY, changed);
    expect(await restart()).toEqual({ published: [], kept: [] });
    expect((await latestOf(admin, KEY)).version).toBe(2);
  });

  test('publishes a changed file where no administrator published', async () => {
    expect(await restart(retitled('新表'))).toEqual({ published: [`form ${KEY} 2`], kept: [] });
    expect(await restart(retitled('新表'))).toEqual({ published: [], kept: [] });
  });

  test('keeps the administrator’s where both changed, says so every time, and stops when they agree', async () => {
    await publish(admin, KEY, changed);
    for (let time = 0; time < 2; time += 1)
      expect(await restart(retitled('新表'))).toEqual({ published: [], kept: [KEY] });
    await publish(admin, KEY, retitled('新表'));
    const { form } = await latestOf(admin, KEY);
    expect(await restart(() => form)).toEqual({ published: [], kept: [] });
    expect(await restart((old) => ({ ...old, title: '更新的表' }))).toEqual({ published: [`form ${KEY} 4`], kept: [] });
  });

  test('does not bring back what was retired', async () => {
    await admin.post(`${PLACE}/retire`, { version: 1, reason: '表式作废' });
    expect(await restart()).toEqual({ published: [], kept: [] });
    expect(await restart(retitled('新表'))).toEqual({ published: [], kept: [KEY] });
  });

  test('shows a file that differs to the administrator, with its text', async () => {
    await publish(admin, KEY, changed);
    const own = district.deps.district.forms.find(({ key }) => key === KEY);
    if (!own) throw new Error('the district has no declaration');
    own.title = '文件里的新表';
    const { forms } = (await admin.get<DesignedForms>('/design/forms')).ok;
    expect(forms.filter(({ fileDiffers }) => fileDiffers).map(({ key }) => key)).toEqual([KEY]);
    expect((await admin.get<FormHistory>(PLACE)).ok.file).toMatchObject({ title: '文件里的新表' });
  });
});
