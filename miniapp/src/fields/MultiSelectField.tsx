import { optionsOf } from '../../../forms/language/components.ts';
import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { ManyOf } from './ManyOf.tsx';

export function MultiSelectField(answer: Answer<string[]>) {
  const { dictionaries } = useSurroundings();
  return <ManyOf answer={answer} options={optionsOf(answer.field, dictionaries) ?? []} />;
}
