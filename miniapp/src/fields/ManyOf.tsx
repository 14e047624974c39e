import type { Option } from '../../../forms/language/dialect.ts';
import { Choices } from './Choices.tsx';
import type { Answer } from './context.ts';
import { OptionSheet } from './OptionSheet.tsx';
import { PickedFrom } from './PickedFrom.tsx';

const IN_SIGHT = 6;

/** Any number of these options, kept in the options' own order. */
export function ManyOf({ answer, options }: { answer: Answer<string[]>; options: Option[] }) {
  const { field, label, value, set } = answer;
  const chosen = value ?? [];
  const choose = (next: string) => {
    const wanted = (each: string) => (each === next ? !chosen.includes(each) : chosen.includes(each));
    set(options.map((option) => option.value).filter(wanted));
  };
  if (options.length <= IN_SIGHT) {
    return <Choices label={label} options={options} chosen={chosen} many onChoose={choose} />;
  }
  const labels = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  return (
    <PickedFrom answer={answer} text={labels.join('、')} placeholder="请选择，可多选">
      {(close) => (
        <OptionSheet title={field.title} options={options} chosen={chosen} many onChoose={choose} onClose={close} />
      )}
    </PickedFrom>
  );
}
