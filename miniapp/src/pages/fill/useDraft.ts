import { useCallback, useEffect, useRef, useState } from 'react';
import type { Data, Json } from '../../../../forms/language/dialect.ts';
import type { CaseForm } from '../../api/types.ts';
import { DraftKeeper } from './DraftKeeper.ts';
import type { Saving } from './DraftKeeper.ts';
import { dropDraft, keptDraft } from './keptDraft.ts';
import type { KeptDraft } from './keptDraft.ts';

interface Draft {
  /** What the form starts from: the server's draft, or what this phone had not been able to send. */
  start: Data;
  saving: Saving;
  change: (data: Data) => void;
  flush: () => Promise<boolean>;
  overwrite: () => Promise<void>;
  /** Forgets what is only on this phone. */
  forget: () => void;
}

/** Keeps the draft of one form of one case for as long as the page is open. */
export function useDraft(caseId: string, form: CaseForm): Draft {
  const [kept] = useState(() => unsent(caseId, form));
  const conflicts = kept !== null && (kept.draftVersion !== form.draftVersion || kept.task !== form.task);
  const [saving, setSaving] = useState<Saving>(conflicts ? { state: 'stale' } : { state: 'clean' });
  const alive = useRef(true);
  const [keeper] = useState(
    () =>
      new DraftKeeper(caseId, form, (next) => {
        if (alive.current) setSaving(next);
      }),
  );

  useEffect(() => {
    alive.current = true;
    if (kept && !conflicts) keeper.change(kept.data);
    return () => {
      alive.current = false;
      void keeper.leave();
    };
  }, [keeper, kept, conflicts]);

  const change = useCallback((data: Data) => keeper.change(data), [keeper]);
  const flush = useCallback(() => keeper.flush(), [keeper]);
  const overwrite = useCallback(async () => {
    if (kept && conflicts) keeper.change(kept.data);
    await keeper.overwrite();
  }, [keeper, kept, conflicts]);
  const forget = useCallback(() => dropDraft(caseId, form.key), [caseId, form.key]);
  return { start: kept ? kept.data : form.data, saving, change, flush, overwrite, forget };
}

/** What this phone has and the server has not. */
function unsent(caseId: string, form: CaseForm): KeptDraft | null {
  const kept = keptDraft(caseId, form.key);
  return kept && canonical(kept.data) !== canonical(form.data) ? kept : null;
}

/** The same text for the same answers, whatever order the keys came in. */
function canonical(data: Json): string {
  return JSON.stringify(data, (_, value: Json) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
