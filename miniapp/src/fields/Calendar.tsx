import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Sheet } from '../parts/Sheet.tsx';
import { Tap } from '../parts/Tap.tsx';
import { useSurroundings } from './context.ts';
import { daysOf, monthOf, readDate, shiftMonth } from './dates.ts';
import { TextLine } from './TextLine.tsx';

const WEEK = ['一', '二', '三', '四', '五', '六', '日'];

interface CalendarProps {
  title: string;
  value: string | undefined;
  /** Where an empty calendar opens; else today. */
  near?: string;
  onPick: (date: string | undefined) => void;
  onClose: () => void;
}

/** A month to tap a day in, and a line to type a far-away date into. The same on every platform. */
export function Calendar({ title, value, near, onPick, onClose }: CalendarProps) {
  const { today } = useSurroundings();
  const [month, setMonth] = useState(() => monthOf(value ?? near ?? today));
  const [typed, setTyped] = useState('');
  const turn = (by: number) => setMonth(shiftMonth(month, by));
  return (
    <Sheet
      title={title}
      onClose={onClose}
      foot={
        value ? (
          <Tap className="fx-button" onTap={() => onPick(undefined)}>
            <Text>清除日期</Text>
          </Tap>
        ) : null
      }
    >
      <View className="fx-calendar">
        <TextLine
          label={`输入${title}`}
          text={typed}
          placeholder="可直接输入，如 20270630"
          keyboard="numeric"
          limit={11}
          tidy={(text) => text.replace(/[^\d年月日/.-]/g, '')}
          onText={(text) => {
            setTyped(text);
            const date = readDate(text);
            if (date) onPick(date);
          }}
          onLeave={() => undefined}
        />
        <View className="fx-calendar__bar">
          <Tap className="fx-calendar__turn" label="上一年" onTap={() => turn(-12)}>
            <Text>«</Text>
          </Tap>
          <Tap className="fx-calendar__turn" label="上一月" onTap={() => turn(-1)}>
            <Text>‹</Text>
          </Tap>
          <Text className="fx-calendar__month">
            {month.year} 年 {month.month} 月
          </Text>
          <Tap className="fx-calendar__turn" label="下一月" onTap={() => turn(1)}>
            <Text>›</Text>
          </Tap>
          <Tap className="fx-calendar__turn" label="下一年" onTap={() => turn(12)}>
            <Text>»</Text>
          </Tap>
        </View>
        <View className="fx-calendar__grid">
          {WEEK.map((day) => (
            <Text key={day} className="fx-calendar__weekday">
              {day}
            </Text>
          ))}
          {daysOf(month).map((date, index) =>
            date === null ? (
              <View key={`pad-${index}`} />
            ) : (
              <Tap
                key={date}
                label={date}
                className={`fx-calendar__day ${date === value ? 'fx-calendar__day--on' : ''} ${date === today ? 'fx-calendar__day--today' : ''}`}
                onTap={() => onPick(date)}
              >
                <Text>{Number(date.slice(8))}</Text>
              </Tap>
            ),
          )}
        </View>
      </View>
    </Sheet>
  );
}
