import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { choicesOf } from './offered.ts';
import { OneOf } from './OneOf.tsx';

export function SelectField(answer: Answer<string>) {
  const { dictionaries } = useSurroundings();
  const { field, value, options } = answer;
  return (
    <OneOf answer={answer} options={choicesOf(field, dictionaries, options, value === undefined ? [] : [value])} />
  );
}
