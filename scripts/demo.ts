/**
 * Plays the demonstration projects of `forms/catalogue/projects.demo.json` through the interface, each act by the
 * person whose turn it is. Nothing reaches the database any other way.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Data, Env } from '../forms/language/dialect.ts';
import type { CaseRows, CaseView } from '../server/routes/contract/cases.ts';
import { Actors } from './demo/actors.ts';
import { playPlan, type PlanScript } from './demo/plan.ts';
import { proposalPdf } from './proposalPdf.ts';

const PROJECTS = path.resolve(import.meta.dirname, '../forms/catalogue/projects.demo.json');

interface Act {
  by: string;
  action: 'submit' | 'approve' | 'return' | 'reject' | 'resubmit' | 'withdraw';
  opinion: string;
  to?: string;
}

interface Project {
  key: string;
  clerk: string;
  play: Act[];
  declaration: Data;
  filing?: Data;
}

interface Script {
  /** The plan year the texts were written for; moved to the year that is open now. */
  baseYear: number;
  projects: Project[];
  /** The plan the office compiles from the accepted ones, and what is said of each line. */
  plan: PlanScript;
}

const readScript = async (): Promise<Script> => JSON.parse(await readFile(PROJECTS, 'utf8')) as Script;

/** Moves years and dates by whole years, wherever they stand. */
function shifted(data: Data, years: number): Data {
  const moveYear = (value: unknown): number => Number(value) + years;
  const moveDate = (value: unknown): string => String(value).replace(/^\d{4}/, (year) => String(Number(year) + years));
  const period = data['period'] as { start: string; end: string };
  return {
    ...data,
    planYear: moveYear(data['planYear']),
    period: { start: moveDate(period.start), end: moveDate(period.end) },
    fundByYear: (data['fundByYear'] as Data[]).map((row) => ({ ...row, year: moveYear(row['year']) })),
  };
}

const titleOf = ({ declaration }: Project): string => declaration['projectName'] as string;

const formOf = (view: CaseView, key: string): Data => view.forms.find((form) => form.key === key)?.data ?? {};

const openYear = (env: Env, otherwise: number): number => {
  const years = env['planYears'];
  return Array.isArray(years) && typeof years[0] === 'number' ? years[0] : otherwise;
};

async function attachProposal(actors: Actors, project: Project, caseId: string): Promise<Data[]> {
  const [proposal] = project.declaration['proposalDoc'] as { name: string }[];
  const name = (proposal?.name ?? 'proposal').replace(/\.\w+$/, '.pdf');
  const body = new FormData();
  body.set('noSecret', 'true');
  body.set('file', new Blob([proposalPdf(project.key)], { type: 'application/pdf' }), name);
  const file = await actors.ask<{ id: string; name: string; size: number }>(
    project.clerk,
    'POST',
    `/cases/${caseId}/files`,
    body,
  );
  return [{ ...file, noSecret: true }];
}

/** The review the intake desk writes, its due date counted from the day it acts. */
function filingOf(project: Project, view: CaseView): Data {
  const { supplementDueInDays, ...filing } = project.filing ?? {};
  const review = { ...formOf(view, 'filing'), ...filing };
  if (typeof supplementDueInDays !== 'number') return review;
  const due = new Date(Date.parse(`${view.env.today}T00:00:00Z`) + supplementDueInDays * 86_400_000);
  return { ...review, supplementDue: due.toISOString().slice(0, 10) };
}

/** The case that is open now: the declaration's, or the filing that followed it. */
async function currentCase(actors: Actors, project: Project, caseId: string, by: string): Promise<CaseView> {
  const view = await actors.ask<CaseView>(project.clerk, 'GET', `/cases/${caseId}`);
  const following = view.state === 'ended' ? view.relatedCases.find((other) => other.id !== caseId) : undefined;
  return actors.ask<CaseView>(by, 'GET', `/cases/${following?.id ?? caseId}`);
}

/** From the first question to a complete draft, attachment included; returns the case. */
async function write(actors: Actors, project: Project, baseYear: number): Promise<string> {
  const { clerk } = project;
  const screening = await actors.ask<{ caseId: string }>(clerk, 'POST', '/screenings', { secret: false });
  const { caseId } = screening;
  const draft = await actors.ask<CaseView>(clerk, 'GET', `/cases/${caseId}`);
  const declaration: Data = {
    ...formOf(draft, 'declaration'),
    ...shifted(project.declaration, openYear(draft.env, baseYear) - baseYear),
    proposalDoc: await attachProposal(actors, project, caseId),
  };
  await actors.ask(clerk, 'PUT', `/cases/${caseId}/draft`, {
    form: 'declaration',
    task: null,
    data: declaration,
    draftVersion: 0,
  });
  return caseId;
}

async function play(actors: Actors, project: Project, baseYear: number): Promise<void> {
  const caseId = await write(actors, project, baseYear);
  for (const act of project.play) {
    const view = await currentCase(actors, project, caseId, act.by);
    if (act.action === 'submit') {
      const body = { version: view.version, forms: { declaration: formOf(view, 'declaration') } };
      await actors.ask(act.by, 'POST', `/cases/${view.id}/submit`, body);
      continue;
    }
    if (act.action === 'withdraw') {
      await actors.ask(act.by, 'POST', `/cases/${view.id}/withdraw`, { version: view.version, reason: act.opinion });
      continue;
    }
    const allowed = view.allowed.find(({ type }) => type === act.action);
    if (!allowed?.task) throw new Error(`${project.key}: ${act.by} may not ${act.action} now`);
    const forms: Record<string, Data> = {};
    if (act.action === 'resubmit') forms['declaration'] = formOf(view, 'declaration');
    else if (view.at?.key === 'intake') forms['filing'] = filingOf(project, view);
    await actors.ask(act.by, 'POST', `/tasks/${allowed.task}/act`, {
      version: view.version,
      action: act.action,
      opinion: act.opinion,
      ...(act.action === 'return' ? { to: act.to ?? 'initiator' } : {}),
      ...(Object.keys(forms).length > 0 ? { forms } : {}),
    });
  }
}

/**
 * Plays every demonstration project against a running server with `DEMO=1`, except those whose clerk has a case of that
 * name: a first play that was interrupted goes on with what is missing. Returns how many were played.
 */
export async function playDemo(baseUrl: string, say: (line: string) => void = () => {}): Promise<number> {
  const script = await readScript();
  const actors = new Actors(baseUrl);
  const known = new Map<string, Set<string>>();
  for (const { clerk } of script.projects) if (!known.has(clerk)) known.set(clerk, await titlesOf(actors, clerk));
  const missing = script.projects.filter((project) => !known.get(project.clerk)?.has(titleOf(project)));
  for (const [index, project] of missing.entries()) {
    await play(actors, project, script.baseYear);
    say(`演示项目 ${index + 1}/${missing.length}：${titleOf(project)}`);
  }
  const titles = new Map(script.projects.map((project) => [project.key, titleOf(project)]));
  const reviewed = await playPlan(actors, script.plan, titles);
  if (reviewed > 0) say(`年度计划草案已送部门联合初审，各部门办理 ${reviewed} 步`);
  return missing.length;
}

/** Writes one demonstration project as far as its draft and leaves it there; returns the case. */
export async function writeDemoDraft(baseUrl: string, key: string): Promise<string> {
  const { projects, baseYear } = await readScript();
  const project = projects.find((candidate) => candidate.key === key);
  if (!project) throw new Error(`there is no demonstration project ${key}`);
  return write(new Actors(baseUrl), project, baseYear);
}

/** Plays one demonstration project; on request under another name, by the people of another unit. */
export async function playDemoProject(
  baseUrl: string,
  key: string,
  instead?: { unit: string; name: string },
): Promise<void> {
  const { projects, baseYear } = await readScript();
  const project = projects.find((candidate) => candidate.key === key);
  if (!project) throw new Error(`there is no demonstration project ${key}`);
  await play(new Actors(baseUrl), instead ? movedTo(project, instead) : project, baseYear);
}

/** Who declares is known from who writes: a draft begins with these. */
const PREFILLED = ['applicantUnit', 'uscc', 'applicantType', 'contact', 'contactPhone', 'filler', 'fillerPhone'];

function movedTo(project: Project, { unit, name }: { unit: string; name: string }): Project {
  const own = project.clerk.split('.')[0] ?? '';
  const moved = (login: string): string => (login.startsWith(`${own}.`) ? `${unit}${login.slice(own.length)}` : login);
  const answers = Object.entries(project.declaration).filter(([key]) => !PREFILLED.includes(key));
  return {
    ...project,
    clerk: moved(project.clerk),
    play: project.play.map((act) => ({ ...act, by: moved(act.by) })),
    declaration: { ...Object.fromEntries(answers), projectName: name },
  };
}

/** Titles of every case this person started. */
async function titlesOf(actors: Actors, login: string): Promise<Set<string>> {
  const titles = new Set<string>();
  let rest = '';
  for (;;) {
    const { items, nextCursor } = await actors.ask<CaseRows>(login, 'GET', `/cases?box=mine${rest}`);
    for (const { title } of items) titles.add(title);
    if (nextCursor === null) return titles;
    rest = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base = process.argv[2] ?? 'http://localhost:8080';
  const played = await playDemo(base, (line) => console.log(line));
  console.log(played === 0 ? '已有项目，没有重复装载演示数据。' : `已办理 ${played} 个演示项目。`);
}
