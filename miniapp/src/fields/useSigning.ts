import { useEffect, useId, useRef, useState } from 'react';
import type { Pen, Point } from '../host/host.ts';
import { host, HostError } from '../host/index.ts';
import type { PickedFile } from './context.ts';
import { boxAround, middleOf } from './strokes.ts';

const NO_PEN = '这里不能手写签名。请在电脑或手机浏览器打开本系统签名，已填的内容会保留。';

export interface Signing {
  /** Of the canvas that is written on. */
  id: string;
  written: boolean;
  /** Why nothing can be written here. */
  trouble: string;
  down: (point: Point) => void;
  move: (point: Point) => void;
  up: () => void;
  clear: () => void;
  /** What was written, cut out, as a PNG. */
  picture: (name: string) => Promise<PickedFile>;
}

/** One signature being written. Strokes are drawn as curves through the middles between points, as ink would run. */
export function useSigning(): Signing {
  const id = `sign${useId().replace(/[^A-Za-z0-9]/g, '')}`;
  const pen = useRef<Pen | null>(null);
  const stroke = useRef<Point[]>([]);
  const all = useRef<Point[]>([]);
  const [written, setWritten] = useState(false);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    let gone = false;
    host.penOn(id).then(
      (found) => {
        if (!gone) pen.current = found;
      },
      (reason: unknown) => setTrouble(reason instanceof HostError ? reason.message : NO_PEN),
    );
    return () => {
      gone = true;
    };
  }, [id]);

  const draw = (point: Point) => {
    const before = stroke.current[stroke.current.length - 1] ?? point;
    const earlier = stroke.current[stroke.current.length - 2] ?? before;
    pen.current?.curve(middleOf(earlier, before), before, middleOf(before, point));
    stroke.current.push(point);
    all.current.push(point);
    setWritten(true);
  };
  return {
    id,
    written,
    trouble,
    down(point) {
      if (!pen.current) return;
      stroke.current = [];
      draw(point);
      // A tap leaves a dot.
      draw({ x: point.x + 0.1, y: point.y });
    },
    move(point) {
      if (stroke.current.length > 0) draw(point);
    },
    up() {
      const last = stroke.current[stroke.current.length - 1];
      if (last) draw(last);
      stroke.current = [];
    },
    clear() {
      pen.current?.clear();
      stroke.current = [];
      all.current = [];
      setWritten(false);
    },
    picture(name) {
      if (!pen.current) return Promise.reject(new HostError(NO_PEN));
      return pen.current.picture(name, boxAround(all.current, pen.current));
    },
  };
}
