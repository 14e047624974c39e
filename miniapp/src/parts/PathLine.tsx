import { Text, View } from '@tarojs/components';
import type { PathPoint } from '../api/types.ts';
import { Icon } from './Icon.tsx';
import './PathLine.css';

const WORDS: Record<PathPoint['status'], string> = {
  done: '已办',
  current: '办理中',
  ahead: '未到',
  skipped: '不经过',
};

/** The way a case goes, in one line: what is behind it, where it stands, what is ahead. */
export function PathLine({ points }: { points: PathPoint[] }) {
  const shown = points.filter((point) => point.status !== 'skipped');
  return (
    <View className="path" role="list" aria-label="办理进度">
      {shown.map((point) => (
        <View
          key={point.key}
          className={`path-point path-${point.status}`}
          role="listitem"
          aria-label={`${point.title}，${WORDS[point.status]}`}
        >
          <View className="path-mark">{point.status === 'done' ? <Icon name="check" size={12} /> : null}</View>
          <Text className="path-title">{point.title}</Text>
        </View>
      ))}
    </View>
  );
}
