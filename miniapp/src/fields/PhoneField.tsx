import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { halfWidth } from './tidy.ts';

export function PhoneField({ field, label, value, set, leave }: Answer<string>) {
  return (
    <TextLine
      label={label}
      text={value ?? ''}
      placeholder={field['x-placeholder'] ?? '手机号，或带区号的座机号'}
      keyboard="tel"
      limit={20}
      tidy={(typed) => halfWidth(typed).replace(/[^\d-]/g, '')}
      onText={(text) => set(text || undefined)}
      onLeave={leave}
    />
  );
}
