import type { Env } from '../../../forms/language/dialect.ts';
import { compute } from '../../../forms/language/submission.ts';
import { filedData, type Casework } from '../../db/casework.ts';
import { contentHash } from '../../db/json.ts';
import { submissions, type TaskRow } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { lastOpening } from '../../flow/votes.ts';
import { groundOf, openPart } from '../../lifecycle/ground.ts';
import type { OpenForm } from './fill.ts';

/** The screen a person acted on: the case's version it showed and, where they decide a task, that task. */
export interface Seen {
  version: number;
  taskId?: string;
}

/**
 * Refuses a screen that no longer shows what there is to decide. An older version will do as long as the task decided is
 * open: a return, a resubmission and the next step close every task before them, so all that can have happened meanwhile
 * is that colleagues signed at the same step, which is no reason to send anybody away.
 */
export function refuseOutdated({ row, tasks }: Casework, { version, taskId }: Seen): void {
  if (version === row.version - 1) return;
  const task = tasks.find(({ id }) => id === taskId);
  if (task?.status === 'open' && version < row.version) return;
  throw new Refusal(task?.status === 'done' ? 'task_closed' : 'stale_version');
}

/**
 * Refuses a signature that would write over what a colleague of the same step handed in unseen. Columns that only
 * this seat may write are not in anybody's way.
 */
export async function refuseOverwriting(
  tx: Tx,
  work: Casework,
  task: TaskRow,
  open: OpenForm[],
  env: Env,
): Promise<void> {
  const opening = new Set(lastOpening(work.row.flowState.tasks, task.step).map(({ key }) => key));
  const beside = work.tasks.filter(({ id, taskKey }) => id !== task.id && opening.has(taskKey)).map(({ id }) => id);
  for (const { form, rights } of open) {
    const revisions = await submissions.find(
      tx,
      { caseId: work.row.id, formKey: form.key },
      { order: [['revision', 'desc']] },
    );
    const before = revisions.find(({ taskId }) => taskId === null || !beside.includes(taskId));
    const others = filedData(work);
    const ctx = { env, rights, dictionaries: {} };
    const [was, is] = [before, revisions[0]].map((found) => {
      const ground = groundOf({ form: form.form, filed: found?.data ?? null, draft: null, others }, ctx);
      return openPart(form.form, compute(form.form, ground, ctx), rights);
    });
    if (contentHash(was) !== contentHash(is)) throw new Refusal('stale_version');
  }
}
