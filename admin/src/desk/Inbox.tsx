import { useEffect, useState } from 'react';
import { loadInbox, ServerRefusal, signIn, type InboxItem } from './api.ts';

const REFRESH_MS = 3000;

interface Props {
  login: string;
  openCase: (caseId: string) => void;
}

const clock = (at: number): string =>
  new Date(at).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });

/** The messages one person received, newest first; looks again every few seconds while the page is in view. */
export function Inbox({ login, openCase }: Props) {
  const [items, setItems] = useState<InboxItem[] | null>(null);
  const [trouble, setTrouble] = useState('');

  useEffect(() => {
    let left = false;
    let token = '';
    let timer: number | undefined;
    const look = async (): Promise<void> => {
      try {
        if (document.visibilityState === 'visible') {
          if (token === '') token = (await signIn(login)).token;
          const inbox = await loadInbox(token);
          if (!left) {
            setItems(inbox.items);
            setTrouble('');
          }
        }
      } catch (error) {
        if (error instanceof ServerRefusal) token = '';
        if (!left) setTrouble(error instanceof ServerRefusal ? error.message : '暂时连不上服务器，稍后自动再试。');
      }
      if (!left) timer = window.setTimeout(() => void look(), REFRESH_MS);
    };
    setItems(null);
    void look();
    return () => {
      left = true;
      window.clearTimeout(timer);
    };
  }, [login]);

  return (
    <section className="inbox" aria-label="收到的消息" aria-live="polite">
      <h3>收到的消息{items !== null && items.length > 0 && <small>{items.length}</small>}</h3>
      {trouble !== '' && <p className="trouble">{trouble}</p>}
      {items === null && trouble === '' && <p className="faint">正在取消息…</p>}
      {items?.length === 0 && <p className="faint">还没有消息。轮到这个人办理时，消息会出现在这里。</p>}
      <ul>
        {items?.map((item) => (
          <li key={item.id} className={item.readAt === null ? 'unread' : ''}>
            <button type="button" disabled={item.caseId === null} onClick={() => item.caseId && openCase(item.caseId)}>
              <strong>{item.title}</strong>
              <time>{clock(item.createdAt)}</time>
              <span>{item.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
