import { useState } from 'react';
import type { Option } from '../../../forms/language/dialect.ts';
import { Choices } from './Choices.tsx';
import type { Answer } from './context.ts';
import { OptionSheet } from './OptionSheet.tsx';
import { Picked } from './Picked.tsx';

const IN_SIGHT = 6;

/** Any number of these options, kept in the options' own order. */
export function ManyOf({ answer, options }: { answer: Answer<string[]>; options: Option[] }) {
  const [open, setOpen] = useState(false);
  const { field, label, value, set, leave } = answer;
  const chosen = value ?? [];
  const choose = (next: string) => {
    const wanted = (each: string) => (each === next ? !chosen.includes(each) : chosen.includes(each));
    set(options.map((option) => option.value).filter(wanted));
  };
  if (options.length <= IN_SIGHT) {
    return <Choices label={label} options={options} chosen={chosen} many onChoose={choose} />;
  }
  return (
    <>
      <Picked
        label={label}
        text={options
          .filter((option) => chosen.includes(option.value))
          .map((option) => option.label)
          .join('、')}
        placeholder={field['x-placeholder'] ?? '请选择，可多选'}
        open={open}
        onTap={() => setOpen(true)}
      />
      {open ? (
        <OptionSheet
          title={field.title}
          options={options}
          chosen={chosen}
          many
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
