import { useState } from 'react';
import { withWeekday } from '../../../forms/language/dates.ts';
import { Calendar } from './Calendar.tsx';
import type { Answer } from './context.ts';
import { Picked } from './Picked.tsx';

export function DateField({ field, label, value, set, leave }: Answer<string>) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    leave();
  };
  return (
    <>
      <Picked
        label={label}
        text={value ? withWeekday(value) : ''}
        placeholder={field['x-placeholder'] ?? '请选择日期'}
        open={open}
        onTap={() => setOpen(true)}
      />
      {open ? (
        <Calendar
          title={field.title}
          value={value}
          onClose={close}
          onPick={(date) => {
            set(date);
            close();
          }}
        />
      ) : null}
    </>
  );
}
