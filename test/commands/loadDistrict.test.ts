import { expect, test } from '@jest/globals';
import { loadDistrict } from '../../server/commands/loadDistrict.ts';
import { dictionaryEntries, formVersions, people, seatHolders, seats, units } from '../../server/db/tables.ts';
import { readDistrict } from '../../server/district.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { contentsOf } from '../support/district.ts';

const NOW = Date.UTC(2026, 8, 1);

describeOnEveryDatabase('loading the district', (open) => {
  test('the first time publishes everything, the second time nothing', async () => {
    const db = await open();
    const district = await readDistrict();
    const published = await loadDistrict(db, district, { demo: true }, NOW);
    // Forms may be there before the stages that open them.
    expect(published.filter((one) => one.startsWith('form '))).toEqual(
      district.forms.map(({ key }) => `form ${key} 1`),
    );
    expect(published).toEqual(expect.arrayContaining(['form declaration 1', 'form filing 1', 'form review 1']));
    expect(published.filter((one) => !one.startsWith('form '))).toEqual([
      'flow declaration 1',
      'flow filing 1',
      'flow preliminary 1',
      'stage declaration 1',
      'stage filing 1',
      'stage preliminary 1',
    ]);
    const before = { ...(await contentsOf(db)), counters: '' };
    expect(await loadDistrict(db, district, { demo: true }, NOW + 1)).toEqual([]);
    expect({ ...(await contentsOf(db)), counters: '' }).toEqual(before);
  });

  test('two processes that start at once load it once', async () => {
    const db = await open();
    const district = await readDistrict();
    const published = await Promise.all([1, 2].map(() => loadDistrict(db, district, { demo: true }, NOW)));
    const { forms, flows, stages } = district;
    const all = forms.length + flows.length + stages.length;
    expect(published.map(({ length }) => length).sort((one, other) => one - other)).toEqual([0, all]);
    expect(await seats.count(db, {})).toBe(new Set((await seats.find(db, {})).map((s) => `${s.unitId} ${s.key}`)).size);
  });

  test('the register is read by three seats of the office, and no seat of that name elsewhere', async () => {
    const db = await open();
    const district = await readDistrict();
    await loadDistrict(db, district, { demo: false }, NOW);
    const office = await units.one(db, { code: 'xxb' });
    const reading = await seats.find(db, { readsAll: true });
    expect(reading.map(({ key, unitId }) => [key, unitId]).sort()).toEqual(
      ['director', 'intake', 'reviewer'].map((key) => [key, office?.id]),
    );
    const closed = district.seats.map(({ key, title, kinds }) => ({ key, title, kinds }));
    await loadDistrict(db, { ...district, seats: closed }, { demo: false }, NOW + 1);
    expect(await seats.count(db, { readsAll: true })).toBe(0);
  });

  test('a changed form becomes a new version beside the old one', async () => {
    const db = await open();
    const district = await readDistrict();
    await loadDistrict(db, district, { demo: false }, NOW);
    const [first, ...others] = district.forms;
    if (!first) throw new Error('there is no form');
    const changed = { ...district, forms: [{ ...first, title: `${first.title}（修订）` }, ...others] };
    expect(await loadDistrict(db, changed, { demo: false }, NOW + 1)).toEqual(['form declaration 2']);
    const versions = await formVersions.find(db, { formKey: 'declaration' }, { order: [['version', 'asc']] });
    expect(versions.map(({ version, body }) => [version, body.title])).toEqual([
      [1, first.title],
      [2, `${first.title}（修订）`],
    ]);
  });

  test('without DEMO there is nobody to sign in as', async () => {
    const db = await open();
    await loadDistrict(db, await readDistrict(), { demo: false }, NOW);
    expect([await people.count(db, {}), await seatHolders.count(db, {})]).toEqual([0, 0]);
    expect(await seats.count(db, {})).toBeGreaterThan(50);
  });

  test('an entry that is gone is kept and no longer offered', async () => {
    const db = await open();
    const district = await readDistrict();
    await loadDistrict(db, district, { demo: false }, NOW);
    const nature = district.dictionaries['nature']?.slice(1) ?? [];
    const dictionaries = { ...district.dictionaries, nature };
    await loadDistrict(db, { ...district, dictionaries }, { demo: false }, NOW);
    const entries = await dictionaryEntries.find(db, { dictionary: 'nature' }, { order: [['sort', 'asc']] });
    expect(entries.filter(({ active }) => !active).map(({ value }) => value)).toEqual(['new']);
  });

  test('bad data is refused as a whole, with every mistake', async () => {
    const db = await open();
    const district = await readDistrict();
    const before = await contentsOf(db);
    const stages = district.stages.map((stage) => ({
      ...stage,
      gates: [{ gate: 'openSesame', at: 'submit' as const }],
      startedBy: 'king',
    }));
    const forms = district.forms.map((form) => ({ ...form, articles: ['999'], checks: undefined }));
    const flows = district.flows.slice(1);
    const bad = loadDistrict(db, { ...district, stages, forms, flows }, { demo: true }, NOW);
    await expect(bad).rejects.toThrow(/openSesame[\s\S]*king/);
    await expect(loadDistrict(db, { ...district, flows }, { demo: true }, NOW)).rejects.toThrow('没有同名的流程');
    const [first, ...others] = district.stages;
    if (!first?.facts) throw new Error('the first stage tells nothing about its project');
    const misled: [typeof first.facts | undefined, RegExp][] = [
      [{ ...first.facts, title: 'nickname' }, /“nickname”不是表单“declaration”的字段/],
      [{ ...first.facts, form: 'filing' }, /“filing”不属于本阶段/],
      [undefined, /没有写明项目要素/],
    ];
    for (const [facts, complaint] of misled) {
      const load = loadDistrict(db, { ...district, stages: [{ ...first, facts }, ...others] }, { demo: true }, NOW);
      await expect(load).rejects.toThrow(complaint);
    }
    expect(await contentsOf(db)).toEqual(before);
  });

  test('a stage that waits for the plan says which seat compiles it and what must be accepted before', async () => {
    const db = await open();
    const district = await readDistrict();
    const load = (change: object) => {
      const stages = district.stages.map((stage) => (stage.compiledBy ? { ...stage, ...change } : stage));
      return loadDistrict(db, { ...district, stages }, { demo: false }, NOW);
    };
    // The office has no such seat, though other units do; nor is there such a unit.
    for (const compiledBy of [
      { seat: 'clerk', unit: 'xxb' },
      { seat: 'reviewer', unit: 'nobody' },
    ]) {
      const complaint = `编制计划的席位“${compiledBy.unit}/${compiledBy.seat}”不存在`;
      await expect(load({ compiledBy })).rejects.toThrow(complaint);
    }
    await expect(load({ opensAfter: undefined })).rejects.toThrow('没有写明前一阶段（opensAfter）');
  });
});
