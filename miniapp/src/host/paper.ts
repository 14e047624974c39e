import { INK } from './host.ts';
import type { Pen } from './host.ts';

/** Writing and wiping on a canvas that speaks as browsers do: H5 and WeChat. The paper is white from the start. */
export function paperOn(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): Pick<Pen, 'curve' | 'clear'> {
  const clear = () => {
    context.fillStyle = INK.paper;
    context.fillRect(0, 0, width, height);
  };
  clear();
  context.lineWidth = INK.width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = INK.colour;
  return {
    clear,
    curve(from, towards, to) {
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(towards.x, towards.y, to.x, to.y);
      context.stroke();
    },
  };
}
