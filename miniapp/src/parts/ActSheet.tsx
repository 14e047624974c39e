import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Data } from '../../../forms/language/dialect.ts';
import * as api from '../api/calls.ts';
import { ApiError, sentenceOf } from '../api/client.ts';
import type { AllowedActionView, CaseView, Problem } from '../api/types.ts';
import { Action } from './Action.tsx';
import { Choice } from './Choice.tsx';
import { Opinion } from './Opinion.tsx';
import { Sentence } from './Sentence.tsx';
import { Sheet } from './Sheet.tsx';
import './ActSheet.css';

type Resume = 'stepwise' | 'straightBack';

/** The two ways to go on, told with the steps of this very case. */
function resumesOf({ path, at }: CaseView): Record<Resume, { label: string; note: string }> {
  const behind = path.filter(({ key, status }) => status === 'done' && key !== 'initiator' && key !== at?.key);
  const steps = behind.map(({ title }) => `“${title}”`).join('、') || '前面各环节';
  return {
    stepwise: { label: '重新逐级办理', note: `改好后从头办起，${steps}再办一遍` },
    straightBack: { label: '直接回到我这里', note: `改好、本单位签发后直接回来，${steps}已办的意见保留` },
  };
}

const PHRASES: Partial<Record<AllowedActionView['type'], string[]>> = {
  approve: ['同意。', '情况属实，同意。', '材料齐全，同意。'],
  return: ['请补充建设依据文件。', '投资估算依据不充分，请细化后再报。'],
  resubmit: ['已按意见逐项修改。'],
  nominate: ['与本项目没有利害关系，熟悉该项审查内容。'],
};

const TITLES: Partial<Record<AllowedActionView['type'], string>> = {
  return: '退回原因',
  reject: '理由',
  withdraw: '撤销原因',
  nominate: '指定理由',
  resubmit: '修改说明',
};

interface Props {
  view: CaseView;
  action: AllowedActionView;
  /** What this person filled in and sends along. */
  forms?: Record<string, Data>;
  onClose: () => void;
  onDone: (view: CaseView) => void;
  /** The case has moved on since it was read. */
  onStale: () => void;
  /** The server found something to put right in the form. */
  onProblems?: (problems: Problem[]) => void;
}

/** One decision: what to say, for a return also where to and how it goes on, then the verb itself. */
export function ActSheet({ view, action, forms, onClose, onDone, onStale, onProblems }: Props) {
  const targets = action.targets ?? [];
  const [opinion, setOpinion] = useState('');
  // Who answers for a recused seat is a choice of its own: nothing is chosen beforehand unless there is but one.
  const preset = action.type === 'nominate' && targets.length > 1 ? undefined : targets[0];
  const [target, setTarget] = useState(preset?.to ?? null);
  const resumes = targets.find(({ to }) => to === target)?.resume ?? [];
  const ways = resumesOf(view);
  const [resume, setResume] = useState<Resume | null>(null);
  const chosenResume = resume && resumes.includes(resume) ? resume : (resumes[0] ?? null);
  const [missing, setMissing] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<ApiError | string | null>(null);
  const [busy, setBusy] = useState(false);

  const press = async () => {
    if (targets.length > 0 && target === null) {
      setRefusal('还没有选定席位，没有指定。请先选择由哪个席位代为审查。');
      return;
    }
    if (action.opinionRequired && opinion.trim() === '') {
      setMissing(`请填写${TITLES[action.type] ?? '意见'}，对方要据此办理。`);
      return;
    }
    setBusy(true);
    setRefusal(null);
    try {
      onDone(await send(view, action, opinion.trim(), { to: target, resume: chosenResume, forms }));
    } catch (error) {
      if (error instanceof ApiError && error.problems.length > 0 && onProblems) onProblems(error.problems);
      else setRefusal(error instanceof ApiError ? error : sentenceOf(error));
      setBusy(false);
    }
  };

  const danger = action.type === 'reject' || action.type === 'withdraw';
  return (
    <Sheet
      title={action.label}
      onClose={onClose}
      foot={
        <Action
          kind={danger ? 'danger' : 'filled'}
          label={`确认${action.label}`}
          busy={busy}
          busyLabel="正在办理…"
          onPress={() => void press()}
        />
      }
    >
      {action.type === 'nominate' ? <WhyNominate view={view} none={targets.length === 0} /> : null}
      {targets.length > 0 ? (
        <Choice
          title={action.type === 'nominate' ? '由哪个席位代为审查' : '退回给'}
          value={target}
          onChoose={(chosen) => {
            setTarget(chosen);
            setRefusal(null);
          }}
          options={targets.map(({ to, label }) => ({ value: to, label }))}
        />
      ) : null}
      {resumes.length > 1 ? (
        <Choice
          title="改好重新提交后"
          value={chosenResume}
          onChoose={setResume}
          options={resumes.map((value) => ({ value, ...ways[value] }))}
        />
      ) : null}
      {resumes.length === 1 && chosenResume ? (
        <View className="act-note">
          改好重新提交后：{ways[chosenResume].label}（{ways[chosenResume].note}）
        </View>
      ) : null}
      <Opinion
        title={`${TITLES[action.type] ?? '意见'}${action.opinionRequired ? '' : '（可不填）'}`}
        value={opinion}
        onChange={(value) => {
          setOpinion(value);
          setMissing(null);
        }}
        placeholder={
          action.type === 'return' ? '写明理由和需要修改的内容' : action.opinionRequired ? '写明理由' : '可写一句话意见'
        }
        phrases={PHRASES[action.type] ?? []}
        maxLength={action.type === 'withdraw' ? 1000 : 2000}
        error={missing}
      />
      {refusal ? <Refusal refusal={refusal} onStale={onStale} /> : null}
    </Sheet>
  );
}

/** Why somebody else must answer, and what happens to whoever is named. */
function WhyNominate({ view, none }: { view: CaseView; none: boolean }) {
  const recused =
    view.asked?.seats.filter(({ status, substitute }) => status === 'recused' && substitute === null) ?? [];
  const who = recused.map(({ unit, seat }) => `${unit}${seat}`).join('、') || '有席位';
  return (
    <View className="act-note">
      {`本项目由${view.unit.name}申报，${who}不审查本单位的项目，已回避。`}
      {none
        ? '名单上的席位都不能代为审查（空缺、已参加本项目审查，或与申报单位同属一家），请联系区信息办调整席位。'
        : '请指定一个席位代为审查：它填写回避席位的检查项和意见，与其他部门同时办理。'}
    </View>
  );
}

const MOVED_ON = ['stale_version', 'task_closed', 'not_your_task', 'case_ended'];

/** Why it was not done; where the case has moved on meanwhile, the way to see how. */
export function Refusal({ refusal, onStale }: { refusal: ApiError | string; onStale: () => void }) {
  const told = refusal instanceof ApiError ? refusal : null;
  return (
    <View className="act-refusal" role="alert">
      <Sentence text={told ? told.message : String(refusal)} article={told?.article} />
      {told && MOVED_ON.includes(told.code) ? <Action kind="outline" label="查看最新情况" onPress={onStale} /> : null}
    </View>
  );
}

interface Chosen {
  to: string | null;
  resume: Resume | null;
  forms: Record<string, Data> | undefined;
}

function send(view: CaseView, action: AllowedActionView, opinion: string, chosen: Chosen): Promise<CaseView> {
  const { type, task } = action;
  if (type === 'withdraw') return api.withdraw(view.id, view.version, opinion);
  if (type === 'submit' || task === null) return api.submit(view.id, view.version, chosen.forms ?? {});
  return api.act(task, {
    version: view.version,
    action: type,
    opinion,
    ...((type === 'return' || type === 'nominate') && chosen.to ? { to: chosen.to } : {}),
    ...(type === 'return' && chosen.resume ? { resume: chosen.resume } : {}),
    ...(chosen.forms ? { forms: chosen.forms } : {}),
  });
}
