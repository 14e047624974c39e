import type { Data } from '../../../../forms/language/dialect.ts';
import { caseOf, saveDraft } from '../../api/calls.ts';
import { ApiError, sentenceOf } from '../../api/client.ts';
import type { CaseForm } from '../../api/types.ts';
import { dropDraft, keepDraft } from './keptDraft.ts';

export type Saving =
  | { state: 'clean' }
  | { state: 'changed' }
  | { state: 'saving' }
  | { state: 'saved'; at: number }
  | { state: 'offline' }
  | { state: 'stale' }
  | { state: 'refused'; message: string };

/** The form, the task it is written at, and the last save of it this page knows. */
type Place = Pick<CaseForm, 'key' | 'task' | 'draftVersion'>;

const PAUSE_MS = 1_200;
/** Somebody who never pauses is saved nevertheless. */
const LONGEST_MS = 6_000;
const TRY_AGAIN_MS = 8_000;

/**
 * Saves one form as it is being filled in: after each pause, at least every few seconds, one request at a time. What the
 * server does not have yet is kept on the phone; what somebody else has saved meanwhile is never overwritten unasked.
 */
export class DraftKeeper {
  readonly caseId: string;
  readonly form: string;
  private task: string | null;
  private version: number;
  private waiting: Data | null = null;
  private unsavedSince: number | null = null;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly tell: (saving: Saving) => void;
  private stopped = false;

  constructor(caseId: string, { key, task, draftVersion }: Place, tell: (saving: Saving) => void) {
    this.caseId = caseId;
    this.form = key;
    this.task = task;
    this.version = draftVersion;
    this.tell = tell;
  }

  /** The form has changed. */
  change(data: Data): void {
    this.waiting = data;
    this.keep(data);
    if (this.stopped) return;
    this.tell({ state: 'changed' });
    this.unsavedSince ??= Date.now();
    this.later(Math.max(0, Math.min(PAUSE_MS, this.unsavedSince + LONGEST_MS - Date.now())));
  }

  /** Saves at once; true when the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    await this.running;
    // Of two who have waited, one begins the next save; both hear how it ends.
    if (!this.running && this.waiting && !this.stopped) void this.run();
    await this.running;
    return this.waiting === null;
  }

  /** The page is left: no more telling, but what is on its way still goes. */
  async leave(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  /** Somebody else saved meanwhile, and this person has decided that theirs counts. */
  async overwrite(): Promise<void> {
    const form = (await caseOf(this.caseId)).forms.find(({ key }) => key === this.form);
    this.task = form?.task ?? null;
    this.version = form?.draftVersion ?? 0;
    this.stopped = false;
    await this.flush();
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), pause);
  }

  private run(): Promise<void> {
    this.running = this.save().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async save(): Promise<void> {
    const data = this.waiting;
    if (data === null) return;
    this.waiting = null;
    this.unsavedSince = null;
    this.tell({ state: 'saving' });
    try {
      const { draftVersion, savedAt } = await saveDraft(this.caseId, {
        form: this.form,
        task: this.task,
        data,
        draftVersion: this.version,
      });
      this.version = draftVersion;
      if (this.waiting === null) dropDraft(this.caseId, this.form);
      else this.keep(this.waiting);
      this.tell({ state: 'saved', at: savedAt });
    } catch (error) {
      this.waiting ??= data;
      this.fail(error);
    }
  }

  private keep(data: Data): void {
    keepDraft(this.caseId, this.form, { data, task: this.task, draftVersion: this.version });
  }

  private fail(error: unknown): void {
    if (error instanceof ApiError && error.unanswered) {
      this.tell({ state: 'offline' });
      this.later(TRY_AGAIN_MS);
      return;
    }
    if (error instanceof ApiError && (error.code === 'stale_draft' || error.code === 'stale_version')) {
      this.stopped = true;
      this.tell({ state: 'stale' });
      return;
    }
    this.tell({ state: 'refused', message: sentenceOf(error) });
  }
}
