import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import type { CaseView } from '../api/types.ts';
import { momentOf } from '../format.ts';
import { Card } from './Card.tsx';
import { Sentence } from './Sentence.tsx';
import './ReturnedCard.css';

/** Why it came back, from whom, and how it goes on; the first thing one reads. */
export function ReturnedCard({
  returned,
  children,
}: PropsWithChildren<{ returned: NonNullable<CaseView['returned']> }>) {
  return (
    <Card tone="wait" title="退回原因">
      <View className="returned-reason">
        <Sentence text={returned.reason} />
      </View>
      <View className="returned-by">
        {returned.by} · {momentOf(returned.at)}
      </View>
      <View className="returned-by">
        {returned.resume === 'straightBack'
          ? `改好提交后直接回到“${returned.from}”，已办的意见保留。`
          : '改好提交后重新逐级办理。'}
      </View>
      {children}
    </Card>
  );
}
