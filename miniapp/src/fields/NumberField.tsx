import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { parseNumber, tidyNumber } from './tidy.ts';

export function NumberField({ field, label, value, set, leave }: Answer<number>) {
  const negative = (field.minimum ?? 0) < 0;
  const decimals = field['x-decimals'] ?? 2;
  return (
    <TextLine
      label={label}
      text={value === undefined ? '' : String(value)}
      placeholder={field['x-placeholder'] ?? '请填写数字'}
      keyboard="decimal"
      unit={field['x-unit']}
      figures
      tidy={(typed) => tidyNumber(typed, decimals, negative)}
      onText={(text) => set(parseNumber(text))}
      onLeave={leave}
    />
  );
}
