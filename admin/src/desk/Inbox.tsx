import { useInbox } from './useInbox.ts';

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

/** The messages one person received, newest first; pressing one opens its case in this person's phone. */
export function Inbox({ login, openCase }: Props) {
  const { items, unread, arrived, trouble, read } = useInbox(login);
  return (
    <section className="inbox" aria-label="收到的消息" aria-live="polite">
      <h3>收到的消息{unread > 0 && <small>{unread} 条未读</small>}</h3>
      {trouble !== '' && <p className="trouble">{trouble}</p>}
      {items === null && trouble === '' && <p className="faint">正在取消息…</p>}
      {items?.length === 0 && <p className="faint">还没有消息。轮到这个人办理时，消息会出现在这里。</p>}
      <ul>
        {items?.map(({ id, title, text, caseId, projectTitle, createdAt, readAt }) => (
          <li
            key={id}
            className={[readAt === null && 'unread', arrived.has(id) && 'arrived'].filter(Boolean).join(' ')}
          >
            <button
              type="button"
              disabled={caseId === null}
              onClick={() => {
                void read(id);
                if (caseId !== null) openCase(caseId);
              }}
            >
              <strong>{title}</strong>
              <time>{clock(createdAt)}</time>
              {projectTitle !== null && <span>{projectTitle}</span>}
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
