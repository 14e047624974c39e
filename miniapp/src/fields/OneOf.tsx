import type { Option } from '../../../forms/language/dialect.ts';
import { Choices } from './Choices.tsx';
import type { Answer } from './context.ts';
import { OptionSheet } from './OptionSheet.tsx';
import { PickedFrom } from './PickedFrom.tsx';

const IN_SIGHT = 4;

/** Exactly one of these options; a second tap on the chosen one takes it back where no answer is needed. */
export function OneOf({ answer, options }: { answer: Answer<string>; options: Option[] }) {
  const { field, label, value, required, set, leave } = answer;
  const chosen = value === undefined ? [] : [value];
  const chooseThen = (done: () => void) => (next: string) => {
    set(next === value && !required ? undefined : next);
    done();
  };
  if (options.length <= IN_SIGHT) {
    return <Choices label={label} options={options} chosen={chosen} onChoose={chooseThen(leave)} />;
  }
  const text = options.find((option) => option.value === value)?.label ?? '';
  return (
    <PickedFrom answer={answer} text={text} placeholder="请选择">
      {(close) => (
        <OptionSheet
          title={field.title}
          options={options}
          chosen={chosen}
          onChoose={chooseThen(close)}
          onClose={close}
        />
      )}
    </PickedFrom>
  );
}
