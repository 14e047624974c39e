import { AreaBox } from './AreaBox.tsx';
import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';

/** What may be longer than this gets a box that wraps: a project's name must be seen whole. */
const ONE_LINE = 40;

export function TextField({ field, label, value, set, leave }: Answer<string>) {
  const line = {
    label,
    text: value ?? '',
    placeholder: field['x-placeholder'] ?? '请填写',
    onText: (text: string) => set(text.replace(/\n/g, '') || undefined),
    onLeave: () => {
      if (value !== undefined && value !== value.trim()) set(value.trim() || undefined);
      leave();
    },
  };
  if ((field.maxLength ?? 0) > ONE_LINE) return <AreaBox {...line} low />;
  return <TextLine {...line} unit={field['x-unit']} tidy={(typed) => typed} />;
}
