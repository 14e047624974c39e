import { afterEach, expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import { caseForms, caseLog, formVersions } from '../../server/db/tables.ts';
import type { CaseView, NewerVersion } from '../../server/routes/contract/cases.ts';
import { ADMIN, latestOf, publish, withQuestion } from '../support/design.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { openDistrict, type Actor, type District } from '../support/district.ts';

const KEY = 'declaration';
const ANSWER = '核心系统已在国产服务器与数据库上完成适配。';

const required = (form: Form) => withQuestion(form, 'localisation', { 'x-required': true });
/** Without one optional question that the declaration answers. */
function withoutOutcomes(form: Form): Form {
  const changed = structuredClone(form);
  for (const node of Object.values(changed.properties)) if (node.type === 'void') delete node.properties['outcomes'];
  return changed;
}

describeOnEveryDatabase('an administrator adds a required field while three declarations are in flight', (open) => {
  let district: District;
  afterEach(() => district.close());

  const numberOf = async (caseId: string) => {
    const [pinned] = await caseForms.find(district.db, { caseId, formKey: KEY });
    return (await formVersions.one(district.db, { id: pinned?.formVersionId ?? '' }))?.version;
  };
  const newer = async (actor: Actor, id: string) => (await actor.get<NewerVersion>(`/cases/${id}/newer-version`)).ok;
  const move = (actor: Actor, id: string, { version, forms }: NewerVersion) =>
    actor.post<CaseView>(`/cases/${id}/move-to-version`, { version, form: KEY, versionId: forms[0]?.versionId ?? '' });

  test('all three go on as they were; the draft is moved on purpose and then must answer', async () => {
    district = await openDistrict({ db: await open() });
    const [clerk, owner, head, admin] = await Promise.all([
      district.as('jtj.clerk'),
      district.as('jtj.owner'),
      district.as('jtj.head'),
      district.as(ADMIN),
    ]);
    const draft = await clerk.start();
    const data = await clerk.declaration(draft, { projectName: '浔阳区草稿中的教育平台' });
    await clerk.put(`/cases/${draft.id}/draft`, { form: KEY, task: null, data, draftVersion: 0 });
    const reviewed = await clerk.declare({ projectName: '浔阳区审核中的教育平台' });
    const returned = await clerk.declare({ projectName: '浔阳区被退回的教育平台' });
    await owner.act(returned.id, 'return', { opinion: '请补充', to: 'initiator' });
    const before = await Promise.all([draft, reviewed, returned].map(({ id }) => clerk.view(id)));

    await publish(admin, KEY, required);

    // Nobody's screen changed, and nothing is newly missing.
    const after = await Promise.all([draft, reviewed, returned].map(({ id }) => clerk.view(id)));
    expect(after).toEqual(before);
    // What is under review is signed, what was returned is handed in anew, both as they were.
    expect((await owner.act(reviewed.id, 'approve')).status).toBe(200);
    expect((await head.act(reviewed.id, 'approve')).status).toBe(200);
    const amended = { ...after[2]?.forms[0]?.data, outcomes: '停用各校分散系统60个以上，首批接入28所学校。' };
    expect((await clerk.act(returned.id, 'resubmit', { forms: { [KEY]: amended } })).status).toBe(200);
    expect(await Promise.all([draft, reviewed, returned].map(({ id }) => numberOf(id)))).toEqual([1, 1, 1]);

    // The draft is told what would become of it, and moves only when its clerk says so.
    const offer = await newer(clerk, draft.id);
    expect(offer.forms).toMatchObject([
      {
        from: 1,
        to: 2,
        dropped: [],
        newlyRequired: [{ path: 'localisation', title: '国产化适配说明', when: 'always' }],
      },
    ]);
    expect(offer.forms[0]?.carried.map(({ path }) => path)).toContain('projectName');
    expect((await newer(clerk, reviewed.id)).forms).toEqual([]);
    const moved = await move(clerk, draft.id, offer);
    expect(moved.ok.forms[0]?.data).toMatchObject({
      projectName: data['projectName'],
      contentItems: data['contentItems'],
    });
    expect(await numberOf(draft.id)).toBe(2);
    const submit = async (change: object) => {
      const { version, forms } = await clerk.view(draft.id);
      return clerk.post(`/cases/${draft.id}/submit`, { version, forms: { [KEY]: { ...forms[0]?.data, ...change } } });
    };
    const lacking = await submit({});
    expect(lacking.body.error).toMatchObject({ code: 'form_incomplete', problems: [{ path: 'localisation' }] });
    expect((await submit({ localisation: ANSWER })).status).toBe(200);
    expect(await caseLog.find(district.db, { caseId: draft.id, action: 'moveToVersion' })).toMatchObject([
      { detail: { form: KEY, newlyRequired: ['localisation'] }, opinion: expect.stringContaining('第 2 版') },
    ]);

    // And whoever begins now is asked.
    const fresh = await clerk.start();
    expect(await numberOf(fresh.id)).toBe(2);
    expect(fresh.problems.map(({ path }) => path)).toContain('localisation');
  });

  test('a returned declaration moves with what was handed in, less what is no longer asked', async () => {
    district = await openDistrict({ db: await open() });
    const [clerk, owner, admin] = [
      await district.as('jtj.clerk'),
      await district.as('jtj.owner'),
      await district.as(ADMIN),
    ];
    const { id } = await clerk.declare();
    await owner.act(id, 'return', { opinion: '请补充', to: 'initiator' });
    await publish(admin, KEY, withoutOutcomes);
    const offer = await newer(clerk, id);
    expect(offer.forms[0]?.dropped).toMatchObject([{ path: 'outcomes', why: 'gone' }]);
    const moved = (await move(clerk, id, offer)).ok;
    expect(moved.forms[0]?.data).not.toHaveProperty('outcomes');
    expect(moved.forms[0]?.data['dupResult']).toBe('未查重·待人工');
    const again = await clerk.act(id, 'resubmit', { forms: { [KEY]: moved.forms[0]?.data } });
    expect(again.ok).toMatchObject({ state: 'running', round: 2 });
    expect(await numberOf(id)).toBe(2);
  });

  test('is refused to everybody else, twice, out of date, and while somebody decides', async () => {
    district = await openDistrict({ db: await open() });
    const [clerk, owner, admin] = [
      await district.as('jtj.clerk'),
      await district.as('jtj.owner'),
      await district.as(ADMIN),
    ];
    const draft = await clerk.start();
    const reviewed = await clerk.declare();
    await publish(admin, KEY, required);
    const offer = await newer(clerk, draft.id);
    const codeOf = async (answer: ReturnType<typeof move>) => (await answer).body.error?.code;
    expect(await codeOf(move(owner, draft.id, offer))).toBe('not_found');
    const { version } = await clerk.view(reviewed.id);
    expect(await codeOf(move(owner, reviewed.id, { ...offer, version }))).toBe('forbidden');
    expect(await codeOf(move(clerk, reviewed.id, { ...offer, version }))).toBe('forbidden');
    expect(await codeOf(move(clerk, draft.id, { ...offer, version: 7 }))).toBe('stale_version');
    await publish(admin, KEY, (form) => withQuestion(form, 'more'));
    expect(await codeOf(move(clerk, draft.id, offer))).toBe('version_not_newer');
    const current = await newer(clerk, draft.id);
    expect((await move(clerk, draft.id, current)).status).toBe(200);
    const { id: versionId } = await latestOf(admin, KEY);
    const body = { version: (await clerk.view(draft.id)).version, form: KEY, versionId };
    expect((await clerk.post(`/cases/${draft.id}/move-to-version`, body)).body.error.code).toBe('version_not_newer');
    expect((await newer(clerk, draft.id)).forms).toEqual([]);
  });
});
