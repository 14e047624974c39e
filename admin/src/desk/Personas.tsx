import { useMemo, useState } from 'react';
import type { Persona } from './api.ts';
import type { Slot } from './Desk.tsx';

interface Props {
  personas: Persona[];
  shown: Record<Slot, string | null>;
  open: (slot: Slot, login: string) => void;
}

const SLOT_TITLE: Record<Slot, string> = { left: '左', right: '右' };
const SLOTS: Slot[] = ['left', 'right'];

const FILING = ['经办人', '项目责任人', '单位负责人'];
const OVERSIGHT = '受理、会审与领导';

interface Group {
  unit: string;
  /** Its people come from several units, each named beside the person. */
  mixed: boolean;
  members: Persona[];
}

/** Whoever receives, reviews and decides stands together at the top; below, the units that file. */
function grouped(personas: Persona[]): Group[] {
  const files = ({ seats }: Persona) => seats.every((seat) => FILING.some((title) => seat.includes(title)));
  const deciding = personas.filter((one) => !files(one));
  const groups = new Map<string, Persona[]>();
  for (const persona of personas.filter(files)) {
    groups.set(persona.unit, [...(groups.get(persona.unit) ?? []), persona]);
  }
  return [
    ...(deciding.length > 0 ? [{ unit: OVERSIGHT, mixed: true, members: deciding }] : []),
    ...[...groups].map(([unit, members]) => ({ unit, mixed: false, members })),
  ];
}

/** Everyone who can be played, by unit; each opens in the left or the right phone. */
export function Personas({ personas, shown, open }: Props) {
  const [words, setWords] = useState('');
  const groups = useMemo(() => {
    const sought = words.trim();
    return grouped(
      personas.filter(
        (one) => sought === '' || `${one.unit}${one.name}${one.title}${one.seats.join()}`.includes(sought),
      ),
    );
  }, [personas, words]);
  return (
    <nav className="personas" aria-label="人物">
      <input
        type="search"
        placeholder="找单位、姓名或席位"
        aria-label="找单位、姓名或席位"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {groups.length === 0 && <p className="faint">没有叫“{words}”的单位或人，换个词试试。</p>}
      {groups.map(({ unit, mixed, members }) => (
        <section key={unit}>
          <h3>{unit}</h3>
          <ul>
            {members.map((one) => (
              <li key={one.login}>
                <span className="persona-name">
                  {one.name}
                  <small>
                    {[mixed ? one.unit.replace(/（.*）$/, '') : '', one.seats.join('、') || one.title]
                      .filter(Boolean)
                      .join(' ')}
                  </small>
                </span>
                {SLOTS.map((slot) => (
                  <button
                    key={slot}
                    type="button"
                    className={shown[slot] === one.login ? 'chip on' : 'chip'}
                    aria-pressed={shown[slot] === one.login}
                    aria-label={`在${SLOT_TITLE[slot]}边手机打开${one.name}`}
                    onClick={() => open(slot, one.login)}
                  >
                    {SLOT_TITLE[slot]}
                  </button>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
