import { observer, useField } from '@formily/react';
import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/** Questions side by side where the screen is wide, below each other on phones. Its title only names it in the designer. */
export const Columns = observer(function Columns({ columns = 2, children }: PropsWithChildren<{ columns?: number }>) {
  const model = useField();
  return (
    <View className={`fx-columns fx-columns--${columns}`}>
      {model.description ? <View className="fx-item__hint">{model.description}</View> : null}
      {children}
    </View>
  );
});
