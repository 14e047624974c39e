import type { Box, Point } from '../host/host.ts';

/** Room left around what was written, in pixels. */
const MARGIN = 12;

export function middleOf(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

/** The part of a sheet of this size that holds these points, in whole pixels; the whole sheet where there are none. */
export function boxAround(points: readonly Point[], { width, height }: { width: number; height: number }): Box {
  if (points.length === 0) return { x: 0, y: 0, width, height };
  const side = (coordinates: number[], length: number): [number, number] => {
    const start = Math.max(0, Math.floor(Math.min(...coordinates) - MARGIN));
    const end = Math.min(length, Math.ceil(Math.max(...coordinates) + MARGIN));
    return [start, Math.max(1, end - start)];
  };
  const [x, across] = side(
    points.map((point) => point.x),
    width,
  );
  const [y, down] = side(
    points.map((point) => point.y),
    height,
  );
  return { x, y, width: across, height: down };
}
