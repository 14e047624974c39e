import { Text, View } from '@tarojs/components';
import { Tap } from './Tap.tsx';
import './Segments.css';

interface Props<T extends string> {
  label: string;
  segments: { value: T; label: string; count?: number }[];
  value: T;
  onChoose: (value: T) => void;
}

/** Lists side by side under one title. */
export function Segments<T extends string>({ label, segments, value, onChoose }: Props<T>) {
  return (
    <View className="segments" role="tablist" aria-label={label}>
      {segments.map((segment) => (
        <Tap
          key={segment.value}
          role="tab"
          on={segment.value === value}
          className={`segment${segment.value === value ? ' segment-on' : ''}`}
          onTap={() => onChoose(segment.value)}
        >
          <Text>{segment.label}</Text>
          {segment.count ? <Text className="segment-count">{segment.count > 99 ? '99+' : segment.count}</Text> : null}
        </Tap>
      ))}
    </View>
  );
}
