import { withWeekday } from '../../../forms/language/dates.ts';
import { Calendar } from './Calendar.tsx';
import type { Answer } from './context.ts';
import { PickedFrom } from './PickedFrom.tsx';

export function DateField(answer: Answer<string>) {
  const { field, value, set } = answer;
  return (
    <PickedFrom answer={answer} text={value ? withWeekday(value) : ''} placeholder="请选择日期">
      {(close) => (
        <Calendar
          title={field.title}
          value={value}
          onClose={close}
          onPick={(date) => {
            set(date);
            close();
          }}
        />
      )}
    </PickedFrom>
  );
}
