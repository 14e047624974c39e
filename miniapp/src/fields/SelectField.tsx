import { optionsOf } from '../../../forms/language/components.ts';
import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { OneOf } from './OneOf.tsx';

export function SelectField(answer: Answer<string>) {
  const { dictionaries } = useSurroundings();
  return <OneOf answer={answer} options={optionsOf(answer.field, dictionaries) ?? []} />;
}
