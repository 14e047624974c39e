import { Text, View } from '@tarojs/components';
import type { Box } from '../../api/calls.ts';
import type { CaseRow } from '../../api/types.ts';
import { daysText, momentOf } from '../../format.ts';
import { formatMoney } from '../../../../forms/language/format.ts';
import { to } from '../../navigate.ts';
import { Tag } from '../../parts/Tag.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { decisionOf, stateOfRow, toneOfDays } from '../../words.ts';
import './CaseLine.css';

/** One line of a list: what, whose, how much, where it stands, who holds it and for how long. */
export function CaseLine({ row, box }: { row: CaseRow; box: Box }) {
  const state = box === 'done' && row.decision ? decisionOf(row.decision, row.decisionTitle) : stateOfRow(row);
  const toRevise = box !== 'done' && (row.state === 'draft' || row.state === 'returned');
  const open = () => (toRevise ? to.fill(row.caseId) : to.case(row.caseId));
  return (
    <Tap className="case-line" onTap={open} label={`${row.title}，${row.unitName}，${state.text}`}>
      <View className="case-line-first">
        <Text className="case-line-title">{row.title}</Text>
        {row.state === 'ended' || row.state === 'draft' ? null : (
          <Tag text={daysText(row.days)} tone={toneOfDays(row.days)} />
        )}
      </View>
      <View className="case-line-second">
        <Text className="case-line-unit">{row.unitName}</Text>
        {row.amount === null ? null : <Text className="case-line-amount">{formatMoney(row.amount)} 万元</Text>}
      </View>
      <View className="case-line-third">
        <Tag {...state} />
        <Text className="case-line-holder">{standingOf(row, box)}</Text>
      </View>
    </Tap>
  );
}

function standingOf(row: CaseRow, box: Box): string {
  if (box === 'todo') return `${row.stageTitle} · ${momentOf(row.since)} 转来`;
  if (row.state === 'draft') return `${momentOf(row.updatedAt)} 保存`;
  if (row.state === 'ended') return `${row.stageTitle} · ${momentOf(row.updatedAt)}`;
  return `${row.holders.join('、') || '岗位暂无人任职'} 办理中`;
}
