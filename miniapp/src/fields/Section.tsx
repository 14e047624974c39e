import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/** A step of the form: one card. Its title stands in the rail and above the card. */
export function Section({ children }: PropsWithChildren) {
  return <View className="fx-section">{children}</View>;
}
