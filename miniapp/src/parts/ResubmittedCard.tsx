import { Text, View } from '@tarojs/components';
import type { TimelineEntry } from '../api/types.ts';
import { momentOf } from '../format.ts';
import { Card } from './Card.tsx';
import { Sentence } from './Sentence.tsx';
import './ReturnedCard.css';

interface Props {
  returned: TimelineEntry;
  resubmitted: TimelineEntry;
}

/** For whoever decides next: why it had been sent back, and what the unit says it changed. */
export function ResubmittedCard({ returned, resubmitted }: Props) {
  return (
    <Card tone="wait" title="退回后重新提交">
      <Told title="退回原因" entry={returned} />
      <Told title="修改说明" entry={resubmitted} />
    </Card>
  );
}

function Told({ title, entry: { opinion, unit, person, at } }: { title: string; entry: TimelineEntry }) {
  return (
    <View className="returned-told">
      <View className="returned-reason">
        {title}：{opinion ? <Sentence text={opinion} /> : '未写'}
      </View>
      <View className="returned-by">
        {[unit, person].filter(Boolean).join(' · ')} · <Text className="returned-moment">{momentOf(at)}</Text>
      </View>
    </View>
  );
}
