import type { ArrayField } from '@formily/core';
import { observer, useField } from '@formily/react';
import { toJS } from '@formily/reactive';
import type { Json } from '../../../forms/language/dialect.ts';
import { hasGivenRows } from '../../../forms/language/states.ts';
import { useFilling } from './context.ts';
import { GivenRows } from './GivenRows.tsx';
import { ReadValue } from './ReadValue.tsx';
import { RowList } from './RowList.tsx';

/** A table on a phone: given rows are answered in place, free rows are cards that open as a sheet. */
export const TableField = observer(function TableField() {
  const model = useField<ArrayField>();
  const filling = useFilling();
  const path = model.path.toString();
  const field = filling.fieldAt(path);
  if (!field) return null;
  if (!model.editable) return <ReadValue field={field} value={toJS(model.value) as Json} />;
  return hasGivenRows(field) ? <GivenRows field={field} path={path} /> : <RowList field={field} path={path} />;
});
