import type { Reader } from '../db/handle.ts';
import { latestFlow, latestStages } from '../db/published.ts';
import { select } from '../db/sql.ts';
import { cases, flowVersions, plans, seats, units } from '../db/tables.ts';
import type { ProjectState } from '../../forms/language/stage.ts';
import { Refusal } from '../errors.ts';
import type { CaseState, Outcome } from '../flow/model.ts';
import { stepsOf } from '../flow/path.ts';
import { lastOpening } from '../flow/votes.ts';
import { PROJECT_STATE_TITLES } from '../lifecycle/states.ts';
import { can, type Person } from '../policies.ts';
import { stepTitleIn } from './caseTimeline.ts';

interface Raw {
  projectId: string;
  no: string | null;
  title: string | null;
  unitName: string;
  amount: number | null;
  projectState: ProjectState;
  batch: number | null;
  caseId: string | null;
}

const PROJECT = `p.id AS projectId, p.no AS no, p.title AS title, p.total_invest AS amount, p.state AS projectState,
  u.name AS unitName`;

/** Accepted projects of a year that stand in no plan yet; `$after` is the stage that accepts. */
const CANDIDATES = `FROM projects p JOIN units u ON u.id = p.unit_id
  WHERE p.state = 'preliminary'
    AND EXISTS (SELECT 1 FROM cases c WHERE c.project_id = p.id AND c.stage_key = $after AND c.outcome = 'approved')
    AND NOT EXISTS (SELECT 1 FROM plan_lines l WHERE l.project_id = p.id)`;

/** The years there is a plan for, or something to take into one; newest first. */
export async function planYears(reader: Reader, person: Person) {
  const { after } = await reading(reader, person);
  const drafted = await select<{ year: number; lineCount: number; sent: number }>(
    reader,
    `SELECT n.year AS year, COUNT(l.id) AS lineCount, COUNT(l.case_id) AS sent
     FROM plans n LEFT JOIN plan_lines l ON l.plan_id = n.id GROUP BY n.year`,
  );
  const open = await select<{ year: number; candidates: number }>(
    reader,
    `SELECT p.plan_year AS year, COUNT(*) AS candidates ${CANDIDATES} GROUP BY p.plan_year`,
    { after },
  );
  const years = [...new Set([...drafted, ...open].map(({ year }) => year))].sort((left, right) => right - left);
  return {
    years: years.map((year) => {
      const { lineCount = 0, sent = 0 } = drafted.find((plan) => plan.year === year) ?? {};
      return { year, lines: lineCount, sent, candidates: open.find((one) => one.year === year)?.candidates ?? 0 };
    }),
  };
}

/** One year's plan: its lines with where each stands in review, and what may still be taken into it. */
export async function planView(reader: Reader, person: Person, year: number) {
  const { after, mayCompile, stageKey } = await reading(reader, person);
  const plan = await plans.one(reader, { year });
  const lines = await select<Raw>(
    reader,
    `SELECT ${PROJECT}, l.batch AS batch, l.case_id AS caseId
     FROM plan_lines l JOIN plans n ON n.id = l.plan_id JOIN projects p ON p.id = l.project_id
     JOIN units u ON u.id = p.unit_id WHERE n.year = $year ORDER BY l.position, l.id`,
    { year },
  );
  const candidates = await select<Omit<Raw, 'batch' | 'caseId'>>(
    reader,
    `SELECT ${PROJECT} ${CANDIDATES} AND p.plan_year = $year ORDER BY p.no, p.id`,
    { after, year },
  );
  const standing = await standings(
    reader,
    lines.flatMap(({ caseId }) => caseId ?? []),
  );
  return {
    year,
    version: plan?.version ?? 0,
    mayCompile,
    asks: await seatsAsked(reader, stageKey),
    lines: lines.map(({ projectState, ...line }) => ({
      ...line,
      stateTitle: PROJECT_STATE_TITLES[projectState],
      ...(standing.get(line.caseId ?? '') ?? UNSENT),
    })),
    candidates: candidates.map(({ projectState: _state, ...project }) => project),
  };
}

const UNSENT = { state: 'draft' as CaseState, outcome: null as Outcome | null, stepTitle: null, answered: 0, asked: 0 };

/** Where the review of each line stands. */
async function standings(reader: Reader, ids: string[]) {
  const rows = await cases.find(reader, { id: ids });
  const flows = await flowVersions.find(reader, { id: [...new Set(rows.map((row) => row.flowVersionId))] });
  return new Map(
    rows.map(({ id, flowVersionId, flowState }) => {
      const flow = flows.find((version) => version.id === flowVersionId)?.body;
      const { at, state, outcome, tasks } = flowState;
      const opening = at === null ? [] : lastOpening(tasks, at);
      const votes = opening.filter(({ kind, status }) => kind !== 'nominate' && status !== 'recused');
      // A substitute still to be named will be asked as well.
      const unnamed = opening.filter(({ kind, status }) => kind === 'nominate' && status === 'open');
      return [
        id,
        {
          state,
          outcome,
          stepTitle: flow && at !== null ? stepTitleIn(flow, at) : null,
          answered: votes.filter(({ decision }) => decision === 'approve').length,
          asked: votes.length + unnamed.length,
        },
      ] as const;
    }),
  );
}

/** The seats that are asked at once when a line is sent, in the order of the flow. */
async function seatsAsked(reader: Reader, stageKey: string): Promise<string[]> {
  const flow = await latestFlow(reader, stageKey);
  const joint = flow ? stepsOf(flow.body.nodes).find((step) => step.seats.length > 1) : undefined;
  const asked = joint?.seats ?? [];
  const theirs = await units.find(reader, { code: asked.map(({ unit }) => unit) });
  const found = await seats.find(reader, { unitId: theirs.map(({ id }) => id) });
  return asked.flatMap(({ seat, unit: code }) => {
    const unit = theirs.find((one) => one.code === code);
    const title = found.find((one) => one.unitId === unit?.id && one.key === seat)?.title;
    return unit && title !== undefined ? [`${unit.name}${title}`] : [];
  });
}

interface Reading {
  /** The stage whose approval makes a project fit for the plan, and the one the plan opens. */
  after: string;
  stageKey: string;
  mayCompile: boolean;
}

async function reading(reader: Reader, person: Person): Promise<Reading> {
  const stage = (await latestStages(reader)).find(({ body }) => body.compiledBy !== undefined)?.body;
  if (!stage?.compiledBy || !can(person, 'readPlan', stage.compiledBy)) {
    throw new Refusal('forbidden', { what: '查看年度计划草案' });
  }
  return {
    after: stage.opensAfter?.stage ?? '',
    stageKey: stage.key,
    mayCompile: can(person, 'compilePlan', stage.compiledBy),
  };
}
