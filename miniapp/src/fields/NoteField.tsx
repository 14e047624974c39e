import { observer, useField } from '@formily/react';
import { useFilling } from './context.ts';
import { NoteText } from './NoteText.tsx';

/** Words of the form itself; nothing is answered here. */
export const NoteField = observer(function NoteField() {
  const model = useField();
  const field = useFilling().fieldAt(model.path.toString());
  return field ? <NoteText text={field['x-text'] ?? ''} /> : null;
});
