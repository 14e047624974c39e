import { formatMoney, parseMoney } from '../../../forms/language/format.ts';
import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { tidyNumber } from './tidy.ts';

/** Typed in 万元 with up to six decimals, kept in fen. */
export function MoneyField({ field, label, value, set, leave }: Answer<number>) {
  const negative = (field.minimum ?? 0) < 0;
  return (
    <TextLine
      label={label}
      text={value === undefined ? '' : formatMoney(value)}
      placeholder={field['x-placeholder'] ?? '0.00'}
      keyboard="decimal"
      unit={field['x-unit'] ?? '万元'}
      figures
      tidy={(typed) => tidyNumber(typed, 6, negative)}
      onText={(text) => set(parseMoney(text) ?? undefined)}
      onLeave={leave}
    />
  );
}
