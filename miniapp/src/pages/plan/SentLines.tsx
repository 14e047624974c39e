import { Text, View } from '@tarojs/components';
import type { PlanLine } from '../../api/types.ts';
import { to } from '../../navigate.ts';
import { Card } from '../../parts/Card.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Tag } from '../../parts/Tag.tsx';
import type { Tone } from '../../parts/Tag.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { ProjectWords } from './ProjectWords.tsx';
import { groupsOf, standingOf, sumText } from './planText.ts';

const TONES: Record<string, Tone> = { 退回修改: 'wait', 初审通过: 'pass', 未通过: 'refuse', 已撤销: 'plain' };

/** The lines in review, by where they stand; each leads to its case. */
export function SentLines({ lines }: { lines: PlanLine[] }) {
  return (
    <>
      {groupsOf(lines).map((group) => (
        <Card key={group.title} title={group.title} aside={<Text className="plan-aside">{sumText(group.lines)}</Text>}>
          {group.lines.map((line) => (
            <Sent key={line.projectId} line={line} />
          ))}
        </Card>
      ))}
    </>
  );
}

function Sent({ line }: { line: PlanLine }) {
  const { caseId, title, asked, answered } = line;
  const standing = standingOf(line);
  const text = line.state === 'running' && asked > 1 ? `${answered}/${asked} 已提交意见` : standing;
  return (
    <Tap
      className="plan-line"
      label={`${title ?? '未命名项目'}，${text}`}
      onTap={() => (caseId === null ? undefined : to.case(caseId))}
    >
      <View className="plan-main">
        <ProjectWords project={line} />
        <View className="plan-state">
          <Tag text={text} tone={TONES[standing] ?? 'primary'} />
        </View>
      </View>
      <Icon name="forward" size={16} />
    </Tap>
  );
}
