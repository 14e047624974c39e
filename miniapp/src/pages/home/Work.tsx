import { View } from '@tarojs/components';
import { usePullDownRefresh, useReachBottom } from '@tarojs/taro';
import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import type { Box } from '../../api/calls.ts';
import type { Me } from '../../api/types.ts';
import { to } from '../../navigate.ts';
import { Action } from '../../parts/Action.tsx';
import { Empty, ErrorState } from '../../parts/Empty.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { RowBones } from '../../parts/Skeleton.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { refreshMe } from '../../session.ts';
import { CaseLine } from './CaseLine.tsx';
import { useRows } from './useRows.ts';
import './Work.css';

const NOTHING: Record<Box, { title: string; note: string }> = {
  todo: { title: '没有待办事项', note: '有新的办件转到您这里时，会出现在这里，并发消息提醒您。' },
  done: { title: '还没有办过的事项', note: '您审核、签发或受理过的办件会列在这里。' },
  mine: { title: '还没有申报', note: '点下方“新建申报”，填报下一年度的信息化项目（依据《办法》第七条）。' },
};

interface Props {
  me: Me | null;
  box: Box;
  onBox: (box: Box) => void;
  /** Changes when the page comes to the front or the counts have changed. */
  pulse: number;
}

/** The lists one works from. */
export function Work({ me, box, onBox, pulse }: Props) {
  const rows = useRows(box);
  const { reload, more } = rows;
  useEffect(() => {
    if (pulse > 0) void reload();
  }, [pulse, reload]);
  usePullDownRefresh(() => {
    void Promise.allSettled([reload(), refreshMe()]).then(() => Taro.stopPullDownRefresh());
  });
  useReachBottom(() => void more());
  const segments = [
    { value: 'todo' as const, label: '待办', count: me?.counts.todo },
    { value: 'done' as const, label: '已办' },
    { value: 'mine' as const, label: '我的申报' },
  ];
  return (
    <>
      <View className="work-segments">
        <Segments label="事项" segments={segments} value={box} onChoose={onBox} />
      </View>
      {me?.may.plan ? <PlanEntry /> : null}
      <List rows={rows} box={box} mayDeclare={me?.may.declare ?? false} />
    </>
  );
}

/** The year's plan is no case of one's own list; whoever compiles or oversees it finds it above the list. */
function PlanEntry() {
  return (
    <Tap className="plan-entry" label="年度计划（草案）" onTap={to.plan}>
      <View className="plan-entry-icon">
        <Icon name="book" size={20} />
      </View>
      <View className="plan-entry-words">
        <View className="plan-entry-title">年度计划（草案）</View>
        <View className="plan-entry-note">编制、送部门联合初审，看会审进度</View>
      </View>
      <Icon name="forward" size={16} />
    </Tap>
  );
}

function List({ rows, box, mayDeclare }: { rows: ReturnType<typeof useRows>; box: Box; mayDeclare: boolean }) {
  if (rows.items === null) {
    return rows.error ? <ErrorState error={rows.error} onRetry={() => void rows.reload()} /> : <RowBones />;
  }
  if (rows.items.length === 0) {
    const { title, note } = NOTHING[box];
    return (
      <Empty title={title} note={box === 'mine' && !mayDeclare ? '您的岗位不负责填报，由本单位经办人申报。' : note} />
    );
  }
  return (
    <View role="list">
      {rows.items.map((row) => (
        <View role="listitem" key={row.taskId ?? row.caseId}>
          <CaseLine row={row} box={box} />
        </View>
      ))}
      <View className="work-end">
        {rows.hasMore ? (
          <Action
            kind="text"
            label="加载更多"
            busy={rows.loadingMore}
            busyLabel="正在读取…"
            onPress={() => void rows.more()}
          />
        ) : (
          `共 ${rows.items.length} 项`
        )}
      </View>
    </View>
  );
}

/** Starting a declaration is the one thing a clerk comes here to do. */
export function DeclareBar() {
  return (
    <View className="declare">
      <Action label="新建申报" onPress={to.start} />
    </View>
  );
}
