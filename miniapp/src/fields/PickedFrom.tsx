import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from './context.ts';
import { Picked } from './Picked.tsx';

interface PickedFromProps {
  answer: Pick<Answer<unknown>, 'field' | 'label' | 'leave'>;
  /** What is picked, in words; empty while nothing is. */
  text: string;
  /** Where the form has no words of its own. */
  placeholder: string;
  /** What it is picked from; calls `close` when that is done. */
  children: (close: () => void) => ReactNode;
}

/** An answer in one line, and what it is picked from while that is open. Whoever closes it has left the field. */
export function PickedFrom({ answer, text, placeholder, children }: PickedFromProps) {
  const [open, setOpen] = useState(false);
  const { field, label, leave } = answer;
  const close = () => {
    setOpen(false);
    leave();
  };
  return (
    <>
      <Picked
        label={label}
        text={text}
        placeholder={field['x-placeholder'] ?? placeholder}
        open={open}
        onTap={() => setOpen(true)}
      />
      {open ? children(close) : null}
    </>
  );
}
