import { Text, View } from '@tarojs/components';
import { usePullDownRefresh } from '@tarojs/taro';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import * as api from '../../api/calls.ts';
import type { Message } from '../../api/types.ts';
import { momentOf } from '../../format.ts';
import { useLoad } from '../../load.ts';
import { to } from '../../navigate.ts';
import { Action } from '../../parts/Action.tsx';
import { Empty, ErrorState } from '../../parts/Empty.tsx';
import { RowBones } from '../../parts/Skeleton.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { refreshMe } from '../../session.ts';
import './Messages.css';

const first = () => api.messages();

/** What has happened to one's cases; a message opens its case. */
export function Messages({ pulse }: { pulse: number }) {
  const { data, error, reload, set } = useLoad(first);
  const [loadingMore, setLoadingMore] = useState(false);
  useEffect(() => {
    if (pulse > 0) void reload();
  }, [pulse, reload]);
  usePullDownRefresh(() => {
    void reload().then(() => Taro.stopPullDownRefresh());
  });

  const open = async (message: Message) => {
    if (message.caseId) to.case(message.caseId);
    if (message.readAt === null) {
      await api.markRead(message.id);
      await Promise.all([reload(), refreshMe()]);
    }
  };
  const more = async () => {
    if (!data?.nextCursor) return;
    setLoadingMore(true);
    try {
      const next = await api.messages(data.nextCursor);
      set({ ...next, items: [...data.items, ...next.items] });
    } finally {
      setLoadingMore(false);
    }
  };

  if (error) return <ErrorState error={error} onRetry={() => void reload()} />;
  if (!data) return <RowBones />;
  if (data.items.length === 0) {
    return <Empty icon="bell" title="没有消息" note="办件有进展、退回或办结时，会在这里提醒您。" />;
  }
  return (
    <View role="list">
      {data.items.map((message) => (
        <View role="listitem" key={message.id}>
          <MessageLine message={message} onOpen={() => void open(message).catch(() => undefined)} />
        </View>
      ))}
      {data.nextCursor ? (
        <Action kind="text" label="加载更多" busy={loadingMore} onPress={() => void more().catch(() => undefined)} />
      ) : null}
    </View>
  );
}

function MessageLine({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const unread = message.readAt === null;
  return (
    <Tap className="message" onTap={onOpen} label={`${unread ? '未读，' : ''}${message.title}`}>
      <View className="message-first">
        {unread ? <View className="message-dot" /> : null}
        <Text className={`message-title${unread ? ' message-unread' : ''}`}>{message.title}</Text>
        <Text className="message-time">{momentOf(message.createdAt)}</Text>
      </View>
      {message.projectTitle === null ? null : <View className="message-text">{message.projectTitle}</View>}
      <View className="message-text">{message.text}</View>
    </Tap>
  );
}
