import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { ManyOf } from './ManyOf.tsx';
import { choicesOf } from './offered.ts';

export function MultiSelectField(answer: Answer<string[]>) {
  const { dictionaries } = useSurroundings();
  const { field, value, options } = answer;
  return <ManyOf answer={answer} options={choicesOf(field, dictionaries, options, value ?? [])} />;
}
