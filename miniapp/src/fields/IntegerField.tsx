import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { parseNumber, tidyNumber } from './tidy.ts';

export function IntegerField({ field, label, value, set, leave }: Answer<number>) {
  const negative = (field.minimum ?? 0) < 0;
  return (
    <TextLine
      label={label}
      text={value === undefined ? '' : String(value)}
      placeholder={field['x-placeholder'] ?? '请填写整数'}
      keyboard="numeric"
      unit={field['x-unit']}
      figures
      tidy={(typed) => tidyNumber(typed, 0, negative)}
      onText={(text) => set(parseNumber(text))}
      onLeave={leave}
    />
  );
}
