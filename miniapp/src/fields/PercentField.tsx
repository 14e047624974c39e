import type { Answer } from './context.ts';
import { NumberField } from './NumberField.tsx';

/** A number with its sign behind it, 12.5 for 12.5 %. */
export function PercentField(answer: Answer<number>) {
  return <NumberField {...answer} field={{ 'x-unit': '%', ...answer.field }} />;
}
