import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import './Skeleton.css';

/** A line that is still on its way, as wide as the text will be. */
export function Bone({ width = '100%', tall = false }: { width?: string; tall?: boolean }) {
  return <View className={`bone${tall ? ' bone-tall' : ''}`} style={{ width }} />;
}

const SLOW_MS = 6_000;

/** Said when an answer takes longer than people expect; the app goes on trying. */
function Slow() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return slow ? <View className="slow">网络较慢，仍在读取，请稍候…</View> : null;
}

/** List rows in their final shape. */
export function RowBones({ count = 4 }: { count?: number }) {
  return (
    <View role="status" aria-label="正在读取">
      {Array.from({ length: count }, (_, index) => (
        <View className="bones" key={index}>
          <Bone width="72%" tall />
          <Bone width="48%" />
          <Bone width="36%" />
        </View>
      ))}
      <Slow />
    </View>
  );
}

/** A page of cards in its final shape. */
export function CardBones({ heights = [3, 5, 4] }: { heights?: number[] }) {
  return (
    <View role="status" aria-label="正在读取">
      {heights.map((lines, card) => (
        <View className="bones" key={card}>
          <Bone width="40%" tall />
          {Array.from({ length: lines }, (_, index) => (
            <Bone key={index} width={index % 2 ? '64%' : '88%'} />
          ))}
        </View>
      ))}
      <Slow />
    </View>
  );
}
