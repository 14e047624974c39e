/** The district's real forms with data that passes them, for every test that needs a declaration. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Data, Dictionaries, Env, Form } from '../../forms/language/dialect.ts';
import { compute, type FillContext } from '../../forms/language/submission.ts';

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

export interface CatalogueUnit {
  code: string;
  name: string;
  shortName: string;
  type: string;
  kind: string;
  uscc: string;
}

export function readForms<T>(file: string): T {
  return JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../forms', file), 'utf8')) as T;
}

export const DECLARATION = readForms<Form>('stages/10-declaration/form.json');
export const FILING = readForms<Form>('stages/20-filing/form.json');
export const UNITS = readForms<{ units: CatalogueUnit[] }>('catalogue/units.json').units;
export const DEMO_PROJECTS = readForms<{ projects: DemoProject[] }>('catalogue/projects.demo.json').projects;
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
