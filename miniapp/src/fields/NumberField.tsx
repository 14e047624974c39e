import { decimalsOf } from '../../../forms/language/components.ts';
import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { parseNumber, tidyNumber } from './tidy.ts';

/** `Integer` and `Number`: as many decimals as the form allows, none for whole numbers. */
export function NumberField({ field, label, value, set, leave }: Answer<number>) {
  const negative = (field.minimum ?? 0) < 0;
  const decimals = decimalsOf(field);
  return (
    <TextLine
      label={label}
      text={value === undefined ? '' : String(value)}
      placeholder={field['x-placeholder'] ?? (decimals === 0 ? '请填写整数' : '请填写数字')}
      keyboard={decimals === 0 ? 'numeric' : 'decimal'}
      unit={field['x-unit']}
      figures
      tidy={(typed) => tidyNumber(typed, decimals, negative)}
      onText={(text) => set(parseNumber(text))}
      onLeave={leave}
    />
  );
}
