import { expect, test } from '@jest/globals';
import { initialState, step } from '../../server/flow/engine.ts';
import type { Action, Facts, Flow, FlowState } from '../../server/flow/model.ts';
import { PEOPLE } from '../support/catalogue.ts';
import { clerkEnv, DEMO_PROJECTS, readForms, type DemoAct, type DemoProject } from '../support/declaration.ts';

const FLOWS = {
  declaration: readForms<Flow>('stages/10-declaration/flow.json'),
  filing: readForms<Flow>('stages/20-filing/flow.json'),
};

/** Where a story of each fate ends: the stage, and where its case stands or how it ended. */
const ENDS: Record<string, [keyof typeof FLOWS, string]> = {
  draft: ['declaration', 'draft'],
  atOwner: ['declaration', 'owner'],
  atHead: ['declaration', 'head'],
  returnedByOwner: ['declaration', 'initiator'],
  rejectedByHead: ['declaration', 'rejected'],
  withdrawn: ['declaration', 'withdrawn'],
  declared: ['filing', 'intake'],
  supplement: ['filing', 'initiator'],
  reissuing: ['filing', 'reissue'],
  accepted: ['filing', 'approved'],
  notAccepted: ['filing', 'rejected'],
};

/** The catalogue as the engine sees it: one seat per unit and key, held by whoever the catalogue names. */
function factsOf(project: DemoProject, state: FlowState): Facts {
  const names = [...new Set(PEOPLE.flatMap(({ unit, seats }) => seats.map((seat) => `${unit}/${seat}`)))];
  const seats = names.map((seatId) => {
    const [unitCode = '', seat = ''] = seatId.split('/');
    const holders = PEOPLE.filter((person) => person.unit === unitCode && person.seats.includes(seat));
    return { seatId, seat, unitId: unitCode, unitCode, holders: holders.map(({ login }) => login) };
  });
  const writing = state.state === 'draft' || state.state === 'returned';
  return {
    now: 0,
    env: { ...clerkEnv(project.unit), round: state.round + (writing ? 1 : 0) },
    data: {},
    initiator: { personId: project.clerk, unitId: project.unit, unitCode: project.unit, inOffice: true },
    seats,
  };
}

function actionOf({ by, action, opinion, to }: DemoAct, state: FlowState): Action {
  const task = state.tasks.find(({ status }) => status === 'open')?.key ?? '';
  switch (action) {
    case 'submit':
      return { type: 'submit', by };
    case 'withdraw':
      return { type: 'withdraw', by, reason: opinion };
    case 'return':
      return { type: 'return', task, by, opinion, to: to ?? 'initiator' };
    case 'resubmit':
      return { type: 'resubmit', task, by, note: opinion };
    default:
      return { type: action, task, by, opinion };
  }
}

test.each(DEMO_PROJECTS.map((project) => [project.key, project.fate, project] as const))(
  '%s ends as %s says',
  (_, fate, project) => {
    let stage: keyof typeof FLOWS = 'declaration';
    let state = initialState();
    const act = (action: Action): void => {
      state = step(FLOWS[stage], state, action, factsOf(project, state)).state;
    };
    for (const one of project.play) {
      act(actionOf(one, state));
      if (stage === 'declaration' && state.outcome === 'approved') {
        stage = 'filing';
        state = initialState();
        act({ type: 'submit', by: project.clerk });
      }
    }
    expect([stage, state.outcome ?? state.at ?? state.state]).toEqual(ENDS[fate]);
  },
);
