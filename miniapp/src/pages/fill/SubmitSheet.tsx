import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Data } from '../../../../forms/language/dialect.ts';
import * as api from '../../api/calls.ts';
import { ApiError, sentenceOf } from '../../api/client.ts';
import type { AllowedActionView, CaseView, Problem } from '../../api/types.ts';
import { Action } from '../../parts/Action.tsx';
import { Refusal } from '../../parts/ActSheet.tsx';
import { Sentence } from '../../parts/Sentence.tsx';
import { Sheet } from '../../parts/Sheet.tsx';
import './SubmitSheet.css';

interface Props {
  view: CaseView;
  action: AllowedActionView;
  forms: Record<string, Data> | undefined;
  warnings: Problem[];
  onClose: () => void;
  onDone: (view: CaseView) => void;
  onStale: () => void;
  onProblems: (problems: Problem[]) => void;
}

/** The last look before the first submission: where it goes, and what others will ask about. */
export function SubmitSheet({ view, action, forms = {}, warnings, onClose, onDone, onStale, onProblems }: Props) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ApiError | string | null>(null);
  const way = view.path.filter((point) => point.status === 'ahead').map((point) => point.title);

  const send = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      onDone(await api.submit(view.id, view.version, forms));
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError && error.problems.length > 0) onProblems(error.problems);
      else setRefusal(error instanceof ApiError ? error : sentenceOf(error));
    }
  };

  return (
    <Sheet
      title="确认提交"
      onClose={onClose}
      foot={<Action label={`确认${action.label}`} busy={busy} busyLabel="正在提交…" onPress={() => void send()} />}
    >
      <View className="submit-way">
        {way.length > 0 ? `提交后依次办理：${way.join(' → ')}。` : ''}
        提交后内容不能修改；需要修改的，请办理人退回。
      </View>
      {warnings.length > 0 ? (
        <View className="submit-warnings">
          <View className="submit-warnings-title">以下情况不影响提交，审核时会重点看：</View>
          {warnings.map((problem) => (
            <View className="submit-warning" key={`${problem.path} ${problem.code}`}>
              <Sentence text={problem.message} article={problem.article} />
            </View>
          ))}
        </View>
      ) : null}
      {refusal ? <Refusal refusal={refusal} onStale={onStale} /> : null}
    </Sheet>
  );
}
