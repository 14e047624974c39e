import { View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Data } from '../../../../forms/language/dialect.ts';
import { references } from '../../api/calls.ts';
import type { AllowedActionView, CaseForm, CaseView, Problem } from '../../api/types.ts';
import { uploadsFor } from '../../api/uploads.ts';
import { FormView, hasColumns } from '../../fields/index.ts';
import type { FormViewHandle } from '../../fields/index.ts';
import { goBack, to } from '../../navigate.ts';
import { ActSheet } from '../../parts/ActSheet.tsx';
import { ActionBar } from '../../parts/ActionBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ReturnedCard } from '../../parts/ReturnedCard.tsx';
import { contextOf } from '../../work.ts';
import type { OpenCase } from '../../work.ts';
import { Findings } from './Findings.tsx';
import { ProblemSheet } from './ProblemSheet.tsx';
import { ReadingSheet } from './ReadingSheet.tsx';
import { SavingText, TroubleCard } from './SavingState.tsx';
import { SubmitSheet } from './SubmitSheet.tsx';
import { useDraft } from './useDraft.ts';
import './FillForm.css';

interface Props {
  open: OpenCase;
  form: CaseForm;
  onDone: (title: string, view: CaseView) => void;
  onStartAnew: () => void;
}

/** These send the form away as finished; it must be complete before they are offered for confirmation. */
const FINISHING: AllowedActionView['type'][] = ['submit', 'resubmit', 'approve'];

/** How long leaving waits for the last save; what is not saved by then stays on this phone. */
const PATIENCE_MS = 1_500;

export function FillForm({ open, form, onDone, onStartAnew }: Props) {
  const { view, words } = open;
  const draft = useDraft(view.id, form);
  const handle = useRef<FormViewHandle>(null);
  const [refused, setRefused] = useState<Problem[]>();
  const [listed, setListed] = useState<Problem[] | null>(null);
  const [action, setAction] = useState<AllowedActionView | null>(null);
  const [reading, setReading] = useState(false);
  const [filled, setFilled] = useState<Data>(draft.start);
  const uploads = useMemo(() => uploadsFor(view.id), [view.id]);
  const lookUp = useCallback((source: string, q: string) => references(view.id, source, q), [view.id]);
  const schema = open.forms[form.key];
  useDidHide(() => void draft.flush());
  useLastWords(handle);
  if (!schema) return null;

  const choose = (chosen: AllowedActionView) => {
    const found = FINISHING.includes(chosen.type) ? (handle.current?.check() ?? []) : [];
    if (found.some((problem) => problem.level === 'block')) {
      setListed(found);
      return;
    }
    setFilled(handle.current?.values() ?? draft.start);
    setAction(chosen);
    void draft.flush();
  };
  const refuse = (problems: Problem[]) => {
    setAction(null);
    setRefused(problems);
    setListed(problems);
  };
  const leave = async () => {
    await Promise.race([draft.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    goBack();
  };
  const takeTheirs = () => {
    draft.forget();
    onStartAnew();
  };
  const finish = (next: CaseView) => {
    draft.forget();
    onDone(doneTitle(action), next);
  };
  const forms = action?.type === 'withdraw' ? undefined : { [form.key]: filled };
  const declared = view.forms.some((one) => one.key !== form.key && one.filledAt === 'start');
  const look = declared ? { label: '看申报表', onPress: () => setReading(true) } : undefined;
  const sheet = {
    view,
    forms,
    onClose: () => setAction(null),
    onDone: finish,
    onStale: () => to.case(view.id, true),
    onProblems: refuse,
  };

  return (
    <Page
      title={form.title}
      wide={hasColumns(schema)}
      onBack={() => void leave()}
      aside={<SavingText saving={draft.saving} />}
      foot={<ActionBar allowed={view.allowed} onChoose={choose} look={look} />}
    >
      <View className="fill-before">
        {form.standsFor === null ? null : (
          <View className="fill-for">代{form.standsFor}（回避）填写，您的意见即为该席位的意见。</View>
        )}
        {view.returned ? (
          <ReturnedCard returned={view.returned}>
            <Findings open={open} />
          </ReturnedCard>
        ) : null}
        <TroubleCard saving={draft.saving} onOverwrite={draft.overwrite} onTakeTheirs={takeTheirs} />
      </View>
      <FormView
        ref={handle}
        form={schema}
        data={draft.start}
        ctx={contextOf(open, form)}
        mode="edit"
        onChange={draft.change}
        problems={refused}
        uploads={uploads}
        lookUp={lookUp}
        carried={form.carried}
        units={words.units}
      />
      {reading ? <ReadingSheet open={open} except={form.key} onClose={() => setReading(false)} /> : null}
      {listed ? (
        <ProblemSheet
          form={schema}
          problems={listed}
          onClose={() => setListed(null)}
          onJump={(path) => {
            setListed(null);
            handle.current?.jumpTo(path);
          }}
        />
      ) : null}
      {action?.type === 'submit' ? (
        <SubmitSheet {...sheet} action={action} warnings={warningsOf(handle.current)} />
      ) : null}
      {action && action.type !== 'submit' ? <ActSheet {...sheet} action={action} /> : null}
    </Page>
  );
}

/** A page closed in the middle of a word: the form hands on what it has, and that is kept on the phone at once. */
function useLastWords(handle: RefObject<FormViewHandle | null>): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    const say = () => void handle.current?.values();
    window.addEventListener('pagehide', say);
    return () => window.removeEventListener('pagehide', say);
  }, [handle]);
}

function warningsOf(handle: FormViewHandle | null): Problem[] {
  return (handle?.check() ?? []).filter((problem) => problem.level === 'warn');
}

function doneTitle(action: AllowedActionView | null): string {
  return action ? `已${action.label}` : '已办理';
}
