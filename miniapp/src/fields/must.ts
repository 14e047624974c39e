import type { GeneralField } from '@formily/core';

/** Whether an answer is asked for now; `toFormily` keeps this on the field's decorator. */
export function isMust(model: GeneralField): boolean {
  return (model.decoratorProps as { asterisk?: boolean }).asterisk === true;
}
