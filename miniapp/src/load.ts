import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  data: T | null;
  /** Set only while there is nothing to show: a failed refresh keeps what was there. */
  error: unknown;
  loading: boolean;
  reload: () => Promise<void>;
  /** Puts an answer that came another way (a verb's own answer) on the screen. */
  set: (data: T) => void;
}

/** Reads something once and again on `reload`; only the latest answer counts. `ask` must be stable (`useCallback`). */
export function useLoad<T>(ask: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: unknown; loading: boolean }>({
    data: null,
    error: null,
    loading: true,
  });
  const turn = useRef(0);

  const reload = useCallback(async () => {
    const mine = ++turn.current;
    setState((before) => ({ ...before, loading: true }));
    try {
      const data = await ask();
      if (mine === turn.current) setState({ data, error: null, loading: false });
    } catch (error) {
      if (mine === turn.current) setState((before) => ({ data: before.data, error, loading: false }));
    }
  }, [ask]);

  const set = useCallback((data: T) => {
    turn.current += 1;
    setState({ data, error: null, loading: false });
  }, []);

  useEffect(() => {
    void reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);

  return { ...state, error: state.data === null ? state.error : null, reload, set };
}
