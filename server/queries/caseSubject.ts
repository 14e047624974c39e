import { subjectOf } from '../db/casework.ts';
import type { Reader } from '../db/handle.ts';
import { cases, stageVersions, tasks } from '../db/tables.ts';
import type { TurnSubject } from '../policies.ts';

/** What the policies must know of a case, without the rest of it; null when there is none. */
export const caseSubject = async (reader: Reader, caseId: string): Promise<TurnSubject | null> => {
  const row = await cases.one(reader, { id: caseId });
  const stage = row && (await stageVersions.one(reader, { id: row.stageVersionId }));
  if (!row || !stage) return null;
  return { ...subjectOf({ row, tasks: await tasks.find(reader, { caseId }) }), filledBy: stage.body.filledBy };
};
