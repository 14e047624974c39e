import type { Db } from '../../server/db/connection.ts';
import { newId } from '../../server/db/ids.ts';
import {
  cases,
  flowVersions,
  people,
  projects,
  seatHolders,
  seats,
  stageVersions,
  units,
} from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';

const NOW = 1_700_000_000_000;
const EMPTY_FLOW = { key: 'f', title: '流程', nodes: [], withdraw: 'never' as const, amends: [] };
const EMPTY_STAGE = {
  key: 's',
  title: '阶段',
  order: 1,
  description: '',
  articles: [],
  subject: 'project' as const,
  line: 'main' as const,
  repeatable: false,
  forms: [],
  startedBy: null,
  filledBy: 'clerk',
  states: {
    draft: 'draft' as const,
    at: {},
    approved: 'declared' as const,
    rejected: 'rejected' as const,
    withdrawn: 'withdrawn' as const,
  },
  gates: [],
};

/** The least a case needs around it: a unit with a clerk, a project, a flow and a stage. */
export async function oneCase(
  db: Db,
): Promise<{ unitId: string; personId: string; projectId: string; caseId: string }> {
  const [unitId, personId, projectId, caseId, flowId, stageId] = Array.from({ length: 6 }, () => newId(NOW)) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  await inTransaction(db, async (tx) => {
    await units.insert(tx, { id: unitId, code: `u-${unitId}`, name: '区教体局', type: 'bureau', active: true });
    await people.insert(tx, {
      id: personId,
      login: `p-${personId}`,
      name: '王芳',
      unitId,
      status: 'active',
      demo: false,
    });
    const seatId = newId(NOW);
    await seats.insert(tx, { id: seatId, unitId, key: 'clerk', title: '经办人', readsAll: false });
    await seatHolders.insert(tx, { id: newId(NOW), seatId, personId, fromAt: NOW });
    const version = { version: 1, hash: 'h', publishedAt: NOW };
    await flowVersions.insert(tx, { id: flowId, flowKey: flowId, body: EMPTY_FLOW, ...version });
    await stageVersions.insert(tx, { id: stageId, stageKey: stageId, body: EMPTY_STAGE, ...version });
    const times = { createdAt: NOW, updatedAt: NOW };
    await projects.insert(tx, { id: projectId, unitId, state: 'draft', version: 0, ...times });
    await cases.insert(tx, {
      id: caseId,
      projectId,
      stageKey: 's',
      stageVersionId: stageId,
      flowVersionId: flowId,
      unitId,
      initiatorId: personId,
      state: 'draft',
      round: 0,
      flowState: {
        state: 'draft',
        outcome: null,
        round: 0,
        at: null,
        nextTask: 1,
        tasks: [],
        returned: null,
        returnsUsed: [],
      },
      openedAt: NOW,
      updatedAt: NOW,
      version: 0,
      draftVersion: 0,
    });
  });
  return { unitId, personId, projectId, caseId };
}
