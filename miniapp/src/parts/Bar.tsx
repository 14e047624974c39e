import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import './Bar.css';

/** What can be done on this page, under the thumb. */
export function Bar({ children }: PropsWithChildren) {
  return (
    <View className="bar" role="toolbar" aria-label="本页操作">
      {children}
    </View>
  );
}
