import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { tidyIdCard } from './tidy.ts';

/** 公民身份号码: 17 digits and a digit or X; day of birth and check digit are judged by the language. */
export function IdCardField({ field, label, value, set, leave }: Answer<string>) {
  return (
    <TextLine
      label={label}
      text={value ?? ''}
      placeholder={field['x-placeholder'] ?? '18 位身份证号'}
      keyboard="idCard"
      unit={value && value.length < 18 ? `${value.length}/18` : undefined}
      tidy={tidyIdCard}
      onText={(text) => set(text || undefined)}
      onLeave={leave}
    />
  );
}
