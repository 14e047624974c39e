import { Text, View } from '@tarojs/components';
import type { TimelineEntry } from '../api/types.ts';
import { momentOf } from '../format.ts';
import type { Tone } from './Tag.tsx';
import './Timeline.css';

const TONES: Record<string, Tone> = {
  approve: 'pass',
  return: 'wait',
  reject: 'refuse',
  withdraw: 'refuse',
};

/** What was done and said, the latest first: action, seat and name, time, opinion. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <View role="list" aria-label="办理记录">
      {[...entries].reverse().map((entry) => (
        <View key={entry.seq} className={`event event-${TONES[entry.action] ?? 'plain'}`} role="listitem">
          <View className="event-line">
            <Text className="event-action">{entry.actionTitle}</Text>
            <Text className="event-time">{momentOf(entry.at)}</Text>
          </View>
          <View className="event-who">{whoOf(entry)}</View>
          {entry.opinion ? <View className="event-opinion">{entry.opinion}</View> : null}
        </View>
      ))}
    </View>
  );
}

function whoOf({ unit, seat, person }: TimelineEntry): string {
  return [unit, seat, person].filter(Boolean).join(' · ') || '系统';
}
