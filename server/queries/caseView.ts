import type { Env } from '../../forms/language/dialect.ts';
import { filedData, loadCasework, subjectOf, type Casework } from '../db/casework.ts';
import type { Reader } from '../db/handle.ts';
import { loadDictionaries } from '../db/published.ts';
import { cases, people, stageVersions, tasks } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { allowedActions } from '../flow/allowed.ts';
import { holdersOf, type Assignment } from '../flow/assign.ts';
import { nameOf, substituteOf } from '../flow/recusal.ts';
import { forecast } from '../flow/forecast.ts';
import type { AllowedAction, Facts } from '../flow/model.ts';
import { daysHeld } from '../lifecycle/calendar.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { PROJECT_STATE_TITLES } from '../lifecycle/states.ts';
import { can, type Person } from '../policies.ts';
import { askedSeats } from './askedSeats.ts';
import { formsFor } from './caseForms.ts';
import { noticesFor } from './caseNotices.ts';
import { stepTitleIn, timelineOf } from './caseTimeline.ts';

/**
 * One case as this person may see it: nothing hidden from them is in it, and what they may do is what the engine
 * would accept from them now.
 */
export async function caseView(reader: Reader, person: Person, caseId: string, now: number) {
  const work = await loadCasework(reader, caseId);
  if (!work || !can(person, 'readCase', subjectOf(work))) throw new Refusal('not_found');
  const { row, flow, stage, project, unit, initiator } = work;
  const state = row.flowState;
  const env = envFor(work, person, now);
  const dictionaries = await loadDictionaries(reader);
  const shown = formsFor(work, person, env, dictionaries, now);
  // What lies ahead is foretold from what is being written, where this person is the one writing.
  const written = Object.fromEntries(
    shown.filter(({ view }) => view.editable).map(({ view }) => [view.key, view.data]),
  );
  const facts = factsFor(work, env, { ...filedData(work), ...written }, now);
  const allowed = allowedActions(flow, state, person.id, facts);
  const names = await namesOf(reader, work);

  return {
    id: row.id,
    version: row.version,
    stage: { key: stage.key, title: stage.title },
    project: {
      id: project.id,
      no: project.no,
      title: project.title,
      state: project.state,
      stateTitle: PROJECT_STATE_TITLES[project.state],
    },
    docNo: row.docNo,
    unit: { code: unit.code, name: unit.name },
    initiator: { name: initiator.name },
    state: state.state,
    outcome: state.outcome,
    round: state.round,
    openedAt: row.openedAt,
    at: state.at === null ? null : { key: state.at, title: stepTitleIn(flow, state.at) },
    holders: holdersIn(work, facts, names, now),
    path: forecast(flow, state, facts).map(({ key, title, status, seats, by, at }) => ({
      key,
      title,
      status,
      seats: key === 'initiator' ? [initiator.name] : seats.map((seat) => seatWords(work, key, seat)),
      ...(by === null ? {} : { by: names.get(by) ?? '' }),
      ...(at === null ? {} : { at }),
    })),
    asked: askedSeats(work, facts, names, now),
    forms: shown.map(({ view }) => view),
    env: outwardOf(
      env,
      work,
      person,
      shown.some(({ view }) => view.editable),
    ),
    allowed: allowed.map((action) => actionView(action, work)),
    returned: returnedView(work, names),
    notices: noticesFor(work, shown, allowed, facts),
    problems: shown.flatMap(({ view, problems }) => (view.editable ? problems : [])),
    timeline: await timelineOf(reader, work, person, facts, names),
    relatedCases: await relatedTo(reader, person, work),
  };
}

/**
 * Rules read the initiator's phone and the earlier forms to begin a form, which is done here. Anybody else has no use
 * for them, and a seat that fills in a form of its own may be one from which rights hide what stands there.
 */
function outwardOf(env: Env, { row, initiator }: Casework, person: Person, editable: boolean): Env {
  const own = person.id === row.initiatorId ? env : { ...env, initiator: { name: initiator.name, phone: null } };
  return editable ? own : { ...own, earlier: {} };
}

export type CaseView = Awaited<ReturnType<typeof caseView>>;

function holdersIn(work: Casework, facts: Facts, names: Map<string, string>, now: number) {
  return work.row.flowState.tasks
    .filter((task) => task.status === 'open')
    .map((task) => {
      const seat = work.seats.find(({ seatId }) => seatId === task.seatId);
      return {
        seat: seat?.title ?? '填报人',
        unit: seat?.unitName ?? work.unit.name,
        names: holdersOf(task, work.flow, facts).map((id) => names.get(id) ?? ''),
        since: task.openedAt,
        days: daysHeld(task.openedAt, now),
      };
    });
}

function seatTitle({ seats, unit }: Casework, seatId: string | null): string | null {
  const seat = seats.find((candidate) => candidate.seatId === seatId);
  if (!seat) return null;
  return seat.unitId === unit.id ? seat.title : `${seat.unitName}${seat.title}`;
}

/** A seat of a step; a recused one says so, and who answers in its place. */
function seatWords(work: Casework, step: string, seat: Assignment): string {
  if (!seat.recused) return seatTitle(work, seat.seatId) ?? seat.unitCode;
  const own = work.seats.find(({ seatId }) => seatId === seat.seatId);
  const title = own ? `${own.unitName}${own.title}` : seat.unitCode;
  const substitute = substituteOf(work.row.flowState, step, seat.seatId);
  return `${title}（回避${substitute === null ? '' : `，由${seatTitle(work, substitute) ?? ''}替代`}）`;
}

/**
 * The screen acts on a task by its id, where the engine knows it by its key within the case; seats that may be named
 * get their words.
 */
function actionView({ blocked: _blocked, task, targets, ...action }: AllowedAction, work: Casework) {
  const named = (to: string) => {
    const seat = work.seats.find((one) => nameOf({ unit: one.unitCode, seat: one.seat }) === to);
    return seat ? `${seat.unitName}${seat.title}` : to;
  };
  const shown =
    action.type === 'nominate' ? targets?.map((target) => ({ ...target, label: named(target.to) })) : targets;
  return {
    ...action,
    ...(shown === undefined ? {} : { targets: shown }),
    task: work.tasks.find(({ taskKey }) => taskKey === task)?.id ?? null,
  };
}

function returnedView({ row, flow }: Casework, names: Map<string, string>) {
  const { returned, state } = row.flowState;
  if (state !== 'returned' || returned === null) return null;
  const { from, by, reason, at, resume } = returned;
  return { from: stepTitleIn(flow, from), by: names.get(by) ?? '', reason, at, resume };
}

/** Names of everybody who has or had a part in the case. */
async function namesOf(reader: Reader, work: Casework): Promise<Map<string, string>> {
  const { tasks: steps } = work.row.flowState;
  const decided = steps.flatMap(({ decidedBy, personId }) => [decidedBy, personId].filter((id) => id !== null));
  const ids = new Set([work.row.initiatorId, ...decided, ...work.seats.flatMap(({ holders }) => holders)]);
  return new Map((await people.find(reader, { id: [...ids] })).map(({ id, name }) => [id, name]));
}

/** Other cases of the same project that this person may read. */
async function relatedTo(reader: Reader, person: Person, work: Casework) {
  const siblings = await cases.find(
    reader,
    { projectId: work.project.id },
    {
      order: [
        ['openedAt', 'asc'],
        ['id', 'asc'],
      ],
    },
  );
  const others = siblings.filter(({ id }) => id !== work.row.id);
  const given = await tasks.find(reader, { caseId: others.map(({ id }) => id) });
  const versions = await stageVersions.find(reader, { id: others.map(({ stageVersionId }) => stageVersionId) });
  return others
    .filter((row) =>
      can(person, 'readCase', subjectOf({ row, tasks: given.filter(({ caseId }) => caseId === row.id) })),
    )
    .map(({ id, stageVersionId, state, outcome }) => ({
      id,
      stageTitle: versions.find((version) => version.id === stageVersionId)?.body.title ?? '',
      state,
      outcome,
    }));
}
