import { useCallback, useEffect, useRef, useState } from 'react';
import { list } from '../../api/calls.ts';
import type { Box } from '../../api/calls.ts';
import type { CaseRow } from '../../api/types.ts';

interface Rows {
  items: CaseRow[] | null;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  reload: () => Promise<void>;
  more: () => Promise<void>;
}

interface Shown {
  items: CaseRow[] | null;
  cursor: string | null;
  error: unknown;
}

const NOTHING: Shown = { items: null, cursor: null, error: null };

/** One list, page by page. What was seen last stays on screen while a fresh answer is on its way. */
export function useRows(box: Box): Rows {
  const [lists, setLists] = useState<Partial<Record<Box, Shown>>>({});
  const [loadingMore, setLoadingMore] = useState(false);
  const turn = useRef(0);
  const shown = lists[box] ?? NOTHING;

  const reload = useCallback(async () => {
    const mine = ++turn.current;
    const show = (change: (before: Shown) => Shown) => {
      if (mine === turn.current) setLists((all) => ({ ...all, [box]: change(all[box] ?? NOTHING) }));
    };
    try {
      const page = await list(box);
      show(() => ({ items: page.items, cursor: page.nextCursor, error: null }));
    } catch (error) {
      show((before) => ({ ...before, error }));
    }
  }, [box]);

  const more = useCallback(async () => {
    if (shown.cursor === null || loadingMore) return;
    const mine = turn.current;
    setLoadingMore(true);
    try {
      const page = await list(box, shown.cursor);
      if (mine !== turn.current) return;
      setLists((all) => ({
        ...all,
        [box]: { items: [...(all[box]?.items ?? []), ...page.items], cursor: page.nextCursor, error: null },
      }));
    } catch (error) {
      setLists((all) => ({ ...all, [box]: { ...(all[box] ?? NOTHING), error } }));
    } finally {
      setLoadingMore(false);
    }
  }, [box, shown.cursor, loadingMore]);

  useEffect(() => {
    void reload();
  }, [reload]);

  return { ...shown, hasMore: shown.cursor !== null, loadingMore, reload, more };
}
