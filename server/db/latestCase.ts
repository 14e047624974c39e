import type { Outcome } from '../flow/model.ts';
import type { Reader } from './handle.ts';
import { cases, type CaseRow } from './tables.ts';

/** The last case of this stage that ended so for this project; null where there is none. */
export async function latestCaseOf(
  reader: Reader,
  projectId: string,
  stageKey: string,
  outcome: Outcome,
): Promise<CaseRow | null> {
  const [last] = await cases.find(
    reader,
    { projectId, stageKey, outcome },
    {
      order: [
        ['openedAt', 'desc'],
        ['id', 'desc'],
      ],
      limit: 1,
    },
  );
  return last ?? null;
}
