import { useCallback, useEffect, useRef, useState } from 'react';
import { loadInbox, markRead, ServerRefusal, signIn, type Message } from './api.ts';

const REFRESH_MS = 3000;

interface Inbox {
  /** Null until the first answer. */
  items: Message[] | null;
  unread: number;
  /** Came while one was looking, and has not been read. */
  arrived: ReadonlySet<string>;
  trouble: string;
  read: (id: string) => Promise<void>;
}

const EMPTY = { items: null, unread: 0, arrived: new Set<string>(), trouble: '' };

/** One person's messages; looks again every few seconds while the page is in view. */
export function useInbox(login: string): Inbox {
  const [state, setState] = useState<Omit<Inbox, 'read'>>(EMPTY);
  const token = useRef('');

  const look = useCallback(async (): Promise<void> => {
    if (token.current === '') token.current = (await signIn(login)).token;
    const { items, unread } = await loadInbox(token.current);
    setState((before) => ({ items, unread, arrived: arrivals(before, items), trouble: '' }));
  }, [login]);

  useEffect(() => {
    let left = false;
    let timer: number | undefined;
    const again = async (): Promise<void> => {
      try {
        if (document.visibilityState === 'visible') await look();
      } catch (error) {
        const refused = error instanceof ServerRefusal;
        if (refused) token.current = '';
        if (!left) setState((before) => ({ ...before, trouble: refused ? error.message : OFFLINE }));
      }
      if (!left) timer = window.setTimeout(() => void again(), REFRESH_MS);
    };
    void again();
    return () => {
      left = true;
      window.clearTimeout(timer);
    };
  }, [look]);

  const read = useCallback(
    async (id: string) => {
      try {
        await markRead(token.current, id);
        await look();
      } catch {
        setState((before) => ({ ...before, trouble: OFFLINE }));
      }
    },
    [look],
  );
  return { ...state, read };
}

const OFFLINE = '暂时连不上服务器，稍后自动再试。';

function arrivals(before: Pick<Inbox, 'items' | 'arrived'>, items: Message[]): ReadonlySet<string> {
  const known = new Set((before.items ?? items).map(({ id }) => id));
  const fresh = items.filter(({ id, readAt }) => readAt === null && (!known.has(id) || before.arrived.has(id)));
  return new Set(fresh.map(({ id }) => id));
}
