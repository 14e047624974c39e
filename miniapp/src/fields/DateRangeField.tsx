import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Calendar } from './Calendar.tsx';
import type { Answer } from './context.ts';
import { Picked } from './Picked.tsx';

type End = 'start' | 'end';
const NAMES: Record<End, string> = { start: '开始日期', end: '结束日期' };

/** Two dates; choosing the start leads on to the end. */
export function DateRangeField({ label, value, set, leave }: Answer<{ [end: string]: string }>) {
  const [open, setOpen] = useState<End | null>(null);
  const pick = (end: End, date: string | undefined) => {
    const next = { ...value };
    if (date) next[end] = date;
    else delete next[end];
    set(Object.keys(next).length > 0 ? next : undefined);
    setOpen(end === 'start' && date && !next.end ? 'end' : null);
    leave();
  };
  const half = (end: End) => (
    <Picked
      label={`${label} ${NAMES[end]}`}
      text={value?.[end] ?? ''}
      placeholder={NAMES[end]}
      open={open === end}
      onTap={() => setOpen(end)}
    />
  );
  return (
    <View className="fx-range">
      {half('start')}
      <Text className="fx-range__to">至</Text>
      {half('end')}
      {open ? (
        <Calendar
          key={open}
          title={`${label} ${NAMES[open]}`}
          value={value?.[open]}
          near={value?.start ?? value?.end}
          onPick={(date) => pick(open, date)}
          onClose={() => {
            setOpen(null);
            leave();
          }}
        />
      ) : null}
    </View>
  );
}
