import type { Db } from '../../server/db/connection.ts';
import { connectionOf, on } from '../../server/db/handle.ts';
import { newId } from '../../server/db/ids.ts';
import { contentHash } from '../../server/db/json.ts';
import { cases, flowVersions, people, projects, seatHolders, stageVersions, units } from '../../server/db/tables.ts';
import { inTransaction, type Tx } from '../../server/db/transaction.ts';
import { initialState } from '../../server/flow/engine.ts';

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

interface Surroundings {
  unitId: string;
  personId: string;
  projectId: string;
  flowId: string;
  stageId: string;
}

/** The least a case needs around it: a unit with a clerk, a project, a flow and a stage. */
async function surroundings(tx: Tx): Promise<Surroundings> {
  const [unitId, personId, projectId] = [newId(NOW), newId(NOW), newId(NOW)];
  const [flowId, stageId, seatId] = [newId(NOW), newId(NOW), newId(NOW)];
  await units.insert(tx, { id: unitId, code: `u-${unitId}`, name: '区教体局', type: 'bureau', active: true });
  const login = `p-${personId}`;
  await people.insert(tx, { id: personId, login, name: '王芳', unitId, status: 'active', demo: false });
  // Without the columns that came later: tables of old times are filled from here too.
  await tx[connectionOf].query(
    `INSERT INTO seats (id, unit_id, \`key\`, title) VALUES ('${seatId}', '${unitId}', 'clerk', '经办人')`,
    on(tx),
  );
  await seatHolders.insert(tx, { id: newId(NOW), seatId, personId, fromAt: NOW });
  const version = { version: 1, publishedAt: NOW };
  await flowVersions.insert(tx, {
    id: flowId,
    flowKey: flowId,
    body: EMPTY_FLOW,
    hash: contentHash(EMPTY_FLOW),
    ...version,
  });
  await stageVersions.insert(tx, {
    id: stageId,
    stageKey: stageId,
    body: EMPTY_STAGE,
    hash: contentHash(EMPTY_STAGE),
    ...version,
  });
  const times = { createdAt: NOW, updatedAt: NOW };
  await projects.insert(tx, { id: projectId, unitId, state: 'draft', version: 0, ...times });
  return { unitId, personId, projectId, flowId, stageId };
}

/** A case nobody has submitted, with what it needs around it. */
export async function oneCase(db: Db): Promise<Surroundings & { caseId: string }> {
  const caseId = newId(NOW);
  return inTransaction(db, async (tx) => {
    const around = await surroundings(tx);
    await cases.insert(tx, {
      id: caseId,
      projectId: around.projectId,
      stageKey: 's',
      stageVersionId: around.stageId,
      flowVersionId: around.flowId,
      unitId: around.unitId,
      initiatorId: around.personId,
      state: 'draft',
      round: 0,
      flowState: initialState(),
      openedAt: NOW,
      updatedAt: NOW,
      version: 0,
    });
    return { ...around, caseId };
  });
}

/**
 * A case with a draft, a form handed in and two attachments, of which the form names one, as tables held them before
 * drafts belonged to tasks: written in the words of that time, because today's tables have others.
 */
export async function caseOfOldTimes(db: Db, taskKey: string, version: number): Promise<string> {
  const caseId = newId(NOW);
  const files = { named: newId(NOW), loose: newId(NOW) };
  await inTransaction(db, async (tx) => {
    const { unitId, personId, projectId, flowId, stageId } = await surroundings(tx);
    const run = (sql: string) => tx[connectionOf].query(sql, on(tx));
    await run(`INSERT INTO cases VALUES ('${caseId}', '${projectId}', 's', '${stageId}', '${flowId}', NULL, '${unitId}',
      '${personId}', 'draft', NULL, NULL, 0, '{}', 1, 1, NULL, 0, ${version})`);
    await run(`INSERT INTO drafts VALUES ('${caseId}', 'f', '${personId}', '{"goals":"建设"}', 1)`);
    for (const [name, file] of Object.entries(files)) {
      await run(`INSERT INTO files VALUES ('${file}', '${caseId}', '${unitId}', '${personId}', '${name}.pdf', 1, 'h',
        'application/pdf', 1, 1, NULL)`);
    }
    const formId = newId(NOW);
    await run(`INSERT INTO form_versions VALUES ('${formId}', '${formId}', 1, 'h', '{}', 1)`);
    await run(`INSERT INTO submissions VALUES ('${newId(NOW)}', '${caseId}', 'f', '${formId}', 1,
      '{"proposalDoc":[{"id":"${files.named}"}]}', 'h', '${personId}', NULL, NULL, 1)`);
    if (taskKey === 'start') return;
    await run(`INSERT INTO tasks VALUES ('${newId(NOW)}', '${caseId}', '${taskKey}', 's', 'revise', NULL, '${personId}', 1,
      'open', 1, NULL, NULL)`);
  });
  return caseId;
}
