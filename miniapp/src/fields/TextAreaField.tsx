import type { Field } from '../../../forms/language/dialect.ts';
import { lengthOf } from '../../../forms/language/values.ts';
import { AreaBox } from './AreaBox.tsx';
import type { Answer } from './context.ts';

/** Text of several lines that grows with its content and counts its characters. */
export function TextAreaField({ field, label, value, set, leave }: Answer<string>) {
  return (
    <AreaBox
      label={label}
      text={value ?? ''}
      placeholder={field['x-placeholder'] ?? '请填写'}
      count={countText(lengthOf(value ?? ''), field)}
      onText={(text) => set(text || undefined)}
      onLeave={leave}
    />
  );
}

function countText(length: number, { minLength = 0, maxLength }: Field): { text: string; off: boolean } | null {
  if (maxLength !== undefined && length > maxLength) {
    return { text: `${length}/${maxLength} 字，多出 ${length - maxLength} 字`, off: true };
  }
  if (length > 0 && length < minLength)
    return { text: `至少 ${minLength} 字，还差 ${minLength - length} 字`, off: true };
  return maxLength === undefined ? null : { text: `${length}/${maxLength} 字`, off: false };
}
