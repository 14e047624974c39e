import { useCallback, useEffect, useMemo, useState } from 'react';
import { loadDistrict, loadPersonas, ServerRefusal, type Persona } from './api.ts';
import { Personas } from './Personas.tsx';
import { Phone } from './Phone.tsx';
import { Story } from './Story.tsx';

export type Slot = 'left' | 'right';
type Shown = Record<Slot, string | null>;

const fromAddress = (): Shown => {
  const query = new URLSearchParams(window.location.search);
  return { left: query.get('left'), right: query.get('right') };
};

/** The pair a first visitor should see: who files, and who receives. */
function firstPair(personas: Persona[]): Shown {
  const holding = (seat: string): string | null =>
    personas.find((one) => one.seats.some((held) => held.includes(seat)))?.login ?? null;
  return { left: holding('经办人'), right: holding('受理') };
}

/** The start page: the story, the people, and two phones side by side. The address remembers who is shown. */
export function Desk() {
  const [personas, setPersonas] = useState<Persona[] | null>(null);
  const [district, setDistrict] = useState<{ name: string; regulation: { title: string } } | null>(null);
  const [trouble, setTrouble] = useState('');
  const [shown, setShown] = useState<Shown>(fromAddress);
  const [lastOpened, setLastOpened] = useState<Slot>('right');

  useEffect(() => {
    Promise.all([loadPersonas(), loadDistrict()])
      .then(([list, place]) => {
        setPersonas(list.personas);
        setDistrict(place);
        setShown((current) => {
          const pair = firstPair(list.personas);
          return { left: current.left ?? pair.left, right: current.right ?? pair.right };
        });
      })
      .catch((error: unknown) =>
        setTrouble(error instanceof ServerRefusal ? error.message : '连不上服务器。请确认它正在运行，然后刷新本页。'),
      );
  }, []);

  useEffect(() => {
    const query = new URLSearchParams();
    if (shown.left) query.set('left', shown.left);
    if (shown.right) query.set('right', shown.right);
    window.history.replaceState(null, '', query.size > 0 ? `?${query}` : window.location.pathname);
  }, [shown]);

  const open = useCallback((slot: Slot, login: string) => {
    setShown((current) => ({ ...current, [slot]: login }));
    setLastOpened(slot);
  }, []);

  const find = useCallback((login: string | null) => personas?.find((one) => one.login === login), [personas]);
  const left = find(shown.left);
  const right = find(shown.right);

  const filingUnit = useMemo(
    () =>
      left?.seats.some((held) => held.includes('经办')) === true
        ? left.unit
        : (personas?.find((one) => one.seats.some((held) => held.includes('经办人')))?.unit ?? '建设单位'),
    [left, personas],
  );
  const actorOf = useCallback(
    (seat: string, unit?: string) => {
      const holding = personas?.filter((one) => one.seats.some((held) => held.includes(seat))) ?? [];
      return unit === undefined
        ? (holding.find((one) => one.unit === filingUnit) ?? holding[0])
        : holding.find((one) => one.unit.startsWith(unit));
    },
    [personas, filingUnit],
  );
  const openNext = useCallback(
    (persona: Persona) => {
      const already: Slot | null =
        shown.left === persona.login ? 'left' : shown.right === persona.login ? 'right' : null;
      if (already === null) open(lastOpened === 'left' ? 'right' : 'left', persona.login);
    },
    [shown, lastOpened, open],
  );

  return (
    <div className="desk">
      <header className="masthead">
        <div>
          <h1>{district?.name ?? ''}政务信息化建设项目管理</h1>
          <p>
            演示台 · 两部手机里运行的就是真实的手机端；人物、单位和项目均为演示数据，每一步都由席位上的人经接口办理。
          </p>
        </div>
        <nav aria-label="其他入口">
          <a href="/m/">手机端</a>
          <a href="/console/">管理端</a>
          <a href="/api/openapi.json">接口说明</a>
        </nav>
      </header>
      {trouble !== '' && <p className="trouble wide">{trouble}</p>}
      <Story unit={filingUnit} actorOf={actorOf} open={openNext} />
      <main>
        {personas === null ? (
          <div className="personas skeleton" aria-hidden="true" />
        ) : (
          <Personas personas={personas} shown={shown} open={open} />
        )}
        {left === undefined ? <EmptyPhone /> : <Phone slot="left" persona={left} />}
        {right === undefined ? <EmptyPhone /> : <Phone slot="right" persona={right} />}
      </main>
    </div>
  );
}

function EmptyPhone() {
  return (
    <article className="phone">
      <header>
        <span className="faint">从左边选一个人</span>
      </header>
      <div className="bezel" />
    </article>
  );
}
