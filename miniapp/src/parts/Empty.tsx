import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { ApiError, sentenceOf } from '../api/client.ts';
import { to } from '../navigate.ts';
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

const NOT_HERE = ['not_found', 'forbidden'];

/** What could not be read, why, and what to do: try again, or go back where trying again cannot help. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const notHere = error instanceof ApiError && NOT_HERE.includes(error.code);
  return (
    <View role="alert">
      <Empty icon="alert" title={notHere ? '没有这项内容' : '暂时读取不到'} note={sentenceOf(error)}>
        {notHere ? (
          <Action kind="outline" label="返回事项" onPress={to.home} />
        ) : (
          <Action kind="outline" label="重新读取" onPress={onRetry} />
        )}
      </Empty>
    </View>
  );
}
