import { formatValue } from '../../../forms/language/format.ts';
import { cascadeOf } from './cascade.ts';
import { CascadeSheet } from './CascadeSheet.tsx';
import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { PickedFrom } from './PickedFrom.tsx';

/** One of many, found level by level or by searching; only what has nothing below it is an answer. */
export function CascadeField(answer: Answer<string>) {
  const { dictionaries } = useSurroundings();
  const { field, value, required, options, set } = answer;
  return (
    <PickedFrom answer={answer} text={formatValue(field, value, dictionaries)} placeholder="请逐级选择">
      {(close) => {
        const setThen = (next: string | undefined) => {
          set(next);
          close();
        };
        return (
          <CascadeSheet
            title={field.title}
            cascade={cascadeOf(field, dictionaries, options)}
            chosen={value ?? null}
            onChoose={setThen}
            onClear={value !== undefined && !required ? () => setThen(undefined) : undefined}
            onClose={close}
          />
        );
      }}
    </PickedFrom>
  );
}
