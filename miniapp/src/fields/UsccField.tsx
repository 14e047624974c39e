import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { halfWidth } from './tidy.ts';

/** 统一社会信用代码: 18 capital letters and digits; the check digit is judged by the language. */
export function UsccField({ field, label, value, set, leave }: Answer<string>) {
  return (
    <TextLine
      label={label}
      text={value ?? ''}
      placeholder={field['x-placeholder'] ?? '18 位统一社会信用代码'}
      unit={value && value.length < 18 ? `${value.length}/18` : undefined}
      tidy={(typed) =>
        halfWidth(typed)
          .toUpperCase()
          .replace(/[^0-9A-Z]/g, '')
          .slice(0, 18)
      }
      onText={(text) => set(text || undefined)}
      onLeave={leave}
    />
  );
}
