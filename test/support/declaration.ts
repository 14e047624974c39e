/** The district's real forms with data that passes them, for every test that needs a declaration. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Data, Dictionaries, Env, Form } from '../../forms/language/dialect.ts';
import { align } from '../../forms/language/rowsFrom.ts';
import { compute, startingData, type FillContext } from '../../forms/language/submission.ts';

/** One scripted act of a demo project's story, played through the real verbs. */
export interface DemoAct {
  by: string;
  action: 'submit' | 'approve' | 'return' | 'reject' | 'resubmit' | 'withdraw';
  opinion: string;
  to?: string;
}

export interface DemoProject {
  key: string;
  fate: string;
  unit: string;
  clerk: string;
  play: DemoAct[];
  declaration: Data;
  /** What the intake seat fills in; `supplementDueInDays` stands for the date `supplementDue`. */
  filing?: Data;
}

/** One act of the joint review of a project in the demo plan; `review` holds what this seat alone writes. */
export interface DemoReviewAct {
  by: string;
  action: 'approve' | 'return' | 'reject' | 'nominate';
  opinion: string;
  to?: string;
  review?: Data;
}

/** The demo's annual plan (draft): the projects taken in, and how far their review has come. */
export interface DemoPlan {
  by: string;
  lines: string[];
  reviews: Record<string, DemoReviewAct[]>;
}

export interface CatalogueUnit {
  code: string;
  name: string;
  shortName: string;
  type: string;
  kind: string;
  /** A leading group has none. */
  uscc: string | null;
}

export function readForms<T>(file: string): T {
  return JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../forms', file), 'utf8')) as T;
}

export const DECLARATION = readForms<Form>('stages/10-declaration/form.json');
export const FILING = readForms<Form>('stages/20-filing/form.json');
export const REVIEW = readForms<Form>('stages/30-preliminary/form.json');
export const UNITS = readForms<{ units: CatalogueUnit[] }>('catalogue/units.json').units;
export const DEMO_PROJECTS = readForms<{ projects: DemoProject[] }>('catalogue/projects.demo.json').projects;
export const DEMO_PLAN = readForms<{ plan: DemoPlan }>('catalogue/projects.demo.json').plan;
export const REVIEW_SEATS = ['office', 'tech', 'finance', 'planning', 'approval'];
export const DICTIONARIES: Dictionaries = {
  ...readForms<Dictionaries>('catalogue/dictionaries.json'),
  units: UNITS.map(({ code, name }) => ({ value: code, label: name })),
};

export const TODAY = '2026-08-20';

/** The environment of a clerk of this unit who fills in a first draft while 2027 is open. */
export function clerkEnv(unitCode = 'jtj', person: Data = {}): Env {
  const unit = UNITS.find(({ code }) => code === unitCode);
  return {
    today: TODAY,
    planYears: [2027, 2028],
    round: 1,
    step: null,
    decision: null,
    unit: { code: unitCode, name: unit?.name ?? null, type: unit?.type ?? null, uscc: unit?.uscc ?? null },
    person: { id: 'clerk', name: '林墨白', phone: '0792-0000201', ...person },
  };
}

export function clerkContext(env: Env = clerkEnv()): FillContext {
  return { env, rights: { '*': 'edit' }, dictionaries: DICTIONARIES };
}

export function demoProject(key: string): DemoProject {
  const found = DEMO_PROJECTS.find((project) => project.key === key);
  if (!found) throw new Error(`no demo project "${key}"`);
  return found;
}

/** A complete declaration that may be submitted as it is: 区教体局, smart campus, ten content lines. */
export function sampleDeclaration(overrides: Data = {}): Data {
  const data = { ...structuredClone(demoProject('jtj-campus').declaration), ...overrides };
  return compute(DECLARATION, data, clerkContext());
}

/** A complete filing review that accepts the sample declaration. */
export function sampleFiling(overrides: Data = {}): Data {
  return { receiveDate: TODAY, ...structuredClone(demoProject('jtj-campus').filing ?? {}), ...overrides };
}

/**
 * A complete joint review of the sample declaration: all five seats agree, finance cuts the last line, the office
 * follows and proposes that the project pass.
 */
export function sampleReview(overrides: Data = {}): Data {
  const data: Data = { ...align(REVIEW, startingData(REVIEW, clerkEnv()), { declaration: sampleDeclaration() }) };
  for (const seat of REVIEW_SEATS) {
    data[`${seat}Checks`] = (data[`${seat}Checks`] as Data[]).map((row) => ({ ...row, result: 'conform' }));
    data[`${seat}Opinion`] = 'agree';
  }
  const rows = data['cuts'] as Data[];
  data['cuts'] = rows.map((row, at) => {
    if (at < rows.length - 1) return { ...row, agreedAmount: row['amount'] ?? 0 };
    const half = Number(row['amount']) / 2;
    return { ...row, financeAmount: half, financeReason: '场次偏多', agreedAmount: half, agreedReason: '按财政意见' };
  });
  const summary = {
    summaryResult: 'passWithCuts',
    priority: 'normal',
    summaryOpinion: '各部门同意，核减培训场次后入库。',
  };
  return compute(REVIEW, { ...data, ...summary, ...overrides }, clerkContext());
}
