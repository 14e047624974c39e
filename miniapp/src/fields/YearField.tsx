import { Text, View } from '@tarojs/components';
import { Tap } from '../parts/Tap.tsx';
import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { TextLine } from './TextLine.tsx';
import { tidyNumber } from './tidy.ts';

/** A calendar year: typed, or one step up and down from the value (at first from this year). */
export function YearField({ label, value, set, leave }: Answer<number>) {
  const { today } = useSurroundings();
  const thisYear = Number(today.slice(0, 4));
  const step = (by: number) => {
    set(value === undefined ? thisYear + Math.max(by, 0) : value + by);
    leave();
  };
  return (
    <View className="fx-year">
      <Tap className="fx-year__step" label={`${label} 减一年`} onTap={() => step(-1)}>
        <Text>−</Text>
      </Tap>
      <TextLine
        label={label}
        text={value === undefined ? '' : String(value)}
        placeholder="如 2027"
        keyboard="numeric"
        unit="年"
        tidy={(typed) => tidyNumber(typed, 0, false).slice(0, 4)}
        onText={(text) => set(text ? Number(text) : undefined)}
        onLeave={leave}
      />
      <Tap className="fx-year__step" label={`${label} 加一年`} onTap={() => step(1)}>
        <Text>＋</Text>
      </Tap>
    </View>
  );
}
