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

/** The way a case goes, in one line: what is behind it, where it stands, what is ahead. A refused one ends with a cross. */
export function PathLine({ points, refused = false }: { points: PathPoint[]; refused?: boolean }) {
  const shown = points.filter((point) => point.status !== 'skipped');
  const end = refused ? shown.map((point) => point.status).lastIndexOf('done') : -1;
  return (
    <View className="path" role="list" aria-label="办理进度">
      {shown.map((point, index) => (
        <View
          key={point.key}
          className={`path-point path-${index === end ? 'refused' : point.status}`}
          role="listitem"
          aria-label={`${point.title}，${index === end ? '未通过' : WORDS[point.status]}`}
        >
          <View className="path-mark">
            {point.status === 'done' ? <Icon name={index === end ? 'close' : 'check'} size={12} /> : null}
          </View>
          <Text className="path-title">{point.title}</Text>
        </View>
      ))}
    </View>
  );
}
