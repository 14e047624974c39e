import { Text, View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useRef, useState } from 'react';
import { goBack } from '../../navigate.ts';
import { Action } from '../../parts/Action.tsx';
import { Refusal } from '../../parts/ActSheet.tsx';
import { Bar } from '../../parts/Bar.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty, ErrorState } from '../../parts/Empty.tsx';
import { Page } from '../../parts/Page.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { CardBones } from '../../parts/Skeleton.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { Candidates } from './Candidates.tsx';
import { DraftLines } from './DraftLines.tsx';
import { LeaveSheet, SendSheet } from './PlanSheets.tsx';
import { PlanTotals } from './PlanTotals.tsx';
import { SentLines } from './SentLines.tsx';
import { TITLE } from './planText.ts';
import { usePlan } from './usePlan.ts';
import type { PlanDesk } from './usePlan.ts';
import './plan.css';

interface Props {
  year: number;
  years: number[];
  onYear: (year: number) => void;
}

/** One year: what it comes to, what is still being compiled, and where each line that was sent stands. */
export function YearPlan({ year, years, onYear }: Props) {
  const desk = usePlan(year);
  const { plan, error, reload, dirty } = desk;
  const [sending, setSending] = useState(false);
  /** Where to go once it is decided what becomes of unsaved changes. */
  const [leaving, setLeaving] = useState<{ go: () => void } | null>(null);
  useFresh(reload);
  const leave = (go: () => void) => (dirty ? setLeaving({ go }) : go());

  return (
    <Page
      title={TITLE}
      wide
      onBack={() => leave(goBack)}
      foot={plan?.mayCompile ? <Foot desk={desk} onSend={() => setSending(true)} /> : null}
    >
      {years.length > 1 ? (
        <View className="plan-years">
          <Segments
            label="年度"
            segments={years.map((one) => ({ value: String(one), label: `${one} 年` }))}
            value={String(year)}
            onChoose={(value) => leave(() => onYear(Number(value)))}
          />
        </View>
      ) : null}
      {plan ? <Body desk={desk} year={year} /> : null}
      {!plan && error ? <ErrorState error={error} onRetry={() => void reload()} /> : null}
      {!plan && !error ? <CardBones heights={[2, 4, 4]} /> : null}
      {sending && plan ? (
        <SendSheet
          projects={desk.unsent}
          asks={plan.asks}
          busy={desk.busy === 'send'}
          onClose={() => setSending(false)}
          onSend={() => void desk.send().finally(() => setSending(false))}
        />
      ) : null}
      {leaving ? (
        <LeaveSheet
          busy={desk.busy === 'save'}
          onClose={() => setLeaving(null)}
          onDrop={leaving.go}
          onSave={() => void desk.save().then((done) => (done ? leaving.go() : setLeaving(null)))}
        />
      ) : null}
    </Page>
  );
}

function Body({ desk, year }: { desk: PlanDesk; year: number }) {
  const { plan, unsent, candidates, told, refusal } = desk;
  if (!plan) return null;
  const sent = plan.lines.filter(({ caseId }) => caseId !== null);
  const nothing = sent.length === 0 && unsent.length === 0;
  return (
    <>
      {told ? (
        <View className="plan-told" role="status">
          {told}
        </View>
      ) : null}
      {refusal ? (
        <Card tone="refuse">
          <Refusal refusal={refusal} onStale={() => void desk.reload()} />
        </Card>
      ) : null}
      <PlanTotals year={year} sent={sent} unsent={unsent} waiting={candidates.length} />
      {unsent.length > 0 || (plan.mayCompile && candidates.length > 0) ? (
        <DraftLines desk={desk} mayCompile={plan.mayCompile} />
      ) : null}
      <Candidates projects={candidates} mayCompile={plan.mayCompile} onAdd={desk.add} />
      <SentLines lines={sent} />
      {nothing && candidates.length === 0 ? (
        <Empty title={`${year} 年还没有项目`} note="申报受理后，会列在这里供编入草案。" />
      ) : null}
      {process.env.TARO_ENV === 'h5' && !nothing ? (
        <View className="case-print plan-print">
          <Action kind="text" label="打印草案" onPress={() => window.print()} />
        </View>
      ) : null}
    </>
  );
}

/** Taking back the last removal, saving, and the one way forward. */
function Foot({ desk, onSend }: { desk: PlanDesk; onSend: () => void }) {
  const { unsent, dirty, removed, busy } = desk;
  if (unsent.length === 0 && !dirty) return null;
  return (
    <View className="plan-foot">
      {removed ? (
        <View className="plan-undo" role="status">
          <Text className="plan-undo-words">已移出“{removed.project.title ?? '未命名项目'}”</Text>
          <Tap className="plan-link" onTap={desk.takeBack}>
            <Text>撤销</Text>
          </Tap>
        </View>
      ) : null}
      <Bar>
        {dirty ? (
          <Action
            kind={unsent.length > 0 ? 'text' : 'filled'}
            label="保存"
            busy={busy === 'save'}
            busyLabel="正在保存…"
            onPress={() => void desk.save()}
          />
        ) : null}
        {unsent.length > 0 ? <Action label="送部门联合初审" disabled={busy !== null} onPress={onSend} /> : null}
      </Bar>
    </View>
  );
}

/** Coming back from a case one wants to see what has changed; unsaved changes stay. */
function useFresh(reload: () => Promise<void>): void {
  const shownBefore = useRef(false);
  useDidShow(() => {
    if (shownBefore.current) void reload();
    shownBefore.current = true;
  });
}
