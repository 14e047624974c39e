import { Text } from '@tarojs/components';
import './Tag.css';

export type Tone = 'plain' | 'primary' | 'pass' | 'wait' | 'refuse' | 'offPlan';

/** A state or a number of days, in the colour of what it means. */
export function Tag({ text, tone = 'plain' }: { text: string; tone?: Tone }) {
  return <Text className={`tag tag-${tone}`}>{text}</Text>;
}
