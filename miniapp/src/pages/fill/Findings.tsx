import { useState } from 'react';
import { Action } from '../../parts/Action.tsx';
import { FiledForm } from '../../parts/FiledForm.tsx';
import { Sheet } from '../../parts/Sheet.tsx';
import type { OpenCase } from '../../work.ts';

/** What the office wrote down when it sent the case back (the list of corrections), one press away from the form. */
export function Findings({ open }: { open: OpenCase }) {
  const [shown, setShown] = useState<string | null>(null);
  const written = open.view.forms.filter((form) => form.filledAt === 'step' && form.revision > 0 && !form.editable);
  return (
    <>
      {written.map((form) => (
        <Action key={form.key} kind="text" label={`查看${form.title}`} onPress={() => setShown(form.key)} />
      ))}
      {written
        .filter((form) => form.key === shown)
        .map((form) => (
          <Sheet key={form.key} title={form.title} full onClose={() => setShown(null)}>
            <FiledForm open={open} form={form} unfolded />
          </Sheet>
        ))}
    </>
  );
}
