import { View } from '@tarojs/components';
import './Icon.css';

export type IconName =
  | 'back'
  | 'forward'
  | 'down'
  | 'work'
  | 'bell'
  | 'person'
  | 'plus'
  | 'check'
  | 'close'
  | 'alert'
  | 'lock'
  | 'clock'
  | 'empty'
  | 'book';

/** Decoration in the colour of the text around it; never the only bearer of a meaning. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return <View className={`icon icon-${name}`} aria-hidden style={{ width: `${size}px`, height: `${size}px` }} />;
}
