import { useEffect } from 'react';
import type { Data, Form, Json } from '../../../forms/language/dialect.ts';
import { columnsOf, fieldsOf, rowsOf } from '../../../forms/language/outline.ts';
import { useSurroundings } from './context.ts';

/** Asks for the signatures of a form before they are unfolded: paper does not wait for pictures. */
export function usePictures(form: Form, data: Data): void {
  const { uploads } = useSurroundings();
  useEffect(() => {
    for (const id of signaturesIn(form, data)) {
      // Whoever draws it asks again, and says so where it fails.
      uploads?.picture(id).catch(() => undefined);
    }
  }, [uploads, form, data]);
}

function signaturesIn(form: Form, data: Data): string[] {
  const idOf = (value: Json | undefined) => {
    const id = (value as Data | undefined)?.id;
    return typeof id === 'string' ? [id] : [];
  };
  return fieldsOf(form).flatMap(({ key, field }) => [
    ...(field['x-component'] === 'Signature' ? idOf(data[key]) : []),
    ...columnsOf(field)
      .filter(([, cell]) => cell['x-component'] === 'Signature')
      .flatMap(([column]) => rowsOf(data[key]).flatMap((row) => idOf(row[column]))),
  ]);
}
