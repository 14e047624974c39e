import { useCallback, useRef } from 'react';
import type { Persona } from './api.ts';
import { Inbox } from './Inbox.tsx';
import type { Slot } from './Desk.tsx';

interface Props {
  slot: Slot;
  persona: Persona;
}

/**
 * One person's phone: the real H5 app in a frame, and the messages this person received.
 * The frame's name keeps the two sign-ins of one browser apart.
 */
export function Phone({ slot, persona }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const openCase = useCallback((caseId: string) => {
    const inside = frame.current?.contentWindow;
    if (!inside) return;
    const { pathname, search } = inside.location;
    // Not a new history entry: the browser's back button would then go back inside this phone.
    inside.location.replace(`${pathname}${search}#/pages/case/index?id=${encodeURIComponent(caseId)}`);
  }, []);
  return (
    <article className="phone" aria-label={`${slot === 'left' ? '左' : '右'}边手机：${persona.name}`}>
      <header>
        <strong>{persona.name}</strong>
        <span>
          {persona.unit} · {persona.seats.join('、') || persona.title}
        </span>
      </header>
      <div className="bezel">
        <iframe
          ref={frame}
          key={persona.login}
          name={`desk-${slot}-${persona.login}`}
          title={`${persona.name}的手机`}
          src={`/m/?desk=${slot}#/pages/login/index?persona=${encodeURIComponent(persona.login)}`}
        />
      </div>
      <Inbox key={persona.login} login={persona.login} openCase={openCase} />
    </article>
  );
}
