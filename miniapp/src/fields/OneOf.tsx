import { useState } from 'react';
import type { Option } from '../../../forms/language/dialect.ts';
import { Choices } from './Choices.tsx';
import type { Answer } from './context.ts';
import { OptionSheet } from './OptionSheet.tsx';
import { Picked } from './Picked.tsx';

const IN_SIGHT = 4;

/** Exactly one of these options; a second tap on the chosen one takes it back where no answer is needed. */
export function OneOf({ answer, options }: { answer: Answer<string>; options: Option[] }) {
  const [open, setOpen] = useState(false);
  const { field, label, value, required, set, leave } = answer;
  const chosen = value === undefined ? [] : [value];
  const choose = (next: string) => {
    set(next === value && !required ? undefined : next);
    setOpen(false);
    leave();
  };
  if (options.length <= IN_SIGHT) {
    return <Choices label={label} options={options} chosen={chosen} onChoose={choose} />;
  }
  return (
    <>
      <Picked
        label={label}
        text={options.find((option) => option.value === value)?.label ?? ''}
        placeholder={field['x-placeholder'] ?? '请选择'}
        open={open}
        onTap={() => setOpen(true)}
      />
      {open ? (
        <OptionSheet
          title={field.title}
          options={options}
          chosen={chosen}
          onChoose={choose}
          onClose={() => {
            setOpen(false);
            leave();
          }}
        />
      ) : null}
    </>
  );
}
