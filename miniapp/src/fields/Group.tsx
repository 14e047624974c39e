import { observer, useField } from '@formily/react';
import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/** A few questions that belong together, under a small heading. */
export const Group = observer(function Group({ children }: PropsWithChildren) {
  const model = useField();
  return (
    <View className="fx-group">
      {model.title ? <View className="fx-group__title">{model.title}</View> : null}
      {model.description ? <View className="fx-item__hint">{model.description}</View> : null}
      {children}
    </View>
  );
});
