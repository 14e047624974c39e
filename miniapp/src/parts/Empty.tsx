import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { sentenceOf } from '../api/client.ts';
import { Action } from './Action.tsx';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';
import { Sentence } from './Sentence.tsx';
import './Empty.css';

interface Props {
  icon?: IconName;
  title: string;
  note?: string;
  children?: ReactNode;
}

/** Nothing here, said kindly, with what to do next. */
export function Empty({ icon = 'empty', title, note, children }: Props) {
  return (
    <View className="empty">
      <View className="empty-icon">
        <Icon name={icon} size={40} />
      </View>
      <Text className="empty-title">{title}</Text>
      {note ? (
        <View className="empty-note">
          <Sentence text={note} />
        </View>
      ) : null}
      {children ? <View className="empty-actions">{children}</View> : null}
    </View>
  );
}

/** What could not be read, why, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <View role="alert">
      <Empty icon="alert" title="暂时读取不到" note={sentenceOf(error)}>
        <Action kind="outline" label="重新读取" onPress={onRetry} />
      </Empty>
    </View>
  );
}
