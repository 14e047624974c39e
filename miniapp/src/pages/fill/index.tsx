import { useRouter } from '@tarojs/taro';
import { useCallback, useState } from 'react';
import type { CaseView } from '../../api/types.ts';
import { useLoad } from '../../load.ts';
import { goBack, to } from '../../navigate.ts';
import { Action } from '../../parts/Action.tsx';
import { Done } from '../../parts/Done.tsx';
import { Empty, ErrorState } from '../../parts/Empty.tsx';
import { Page } from '../../parts/Page.tsx';
import { CardBones } from '../../parts/Skeleton.tsx';
import { editableForm, openCase } from '../../work.ts';
import { FillForm } from './FillForm.tsx';

/** Filling in: the declaration while it is a draft or returned, or the form of the step one handles. */
export default function Fill() {
  const { id = '' } = useRouter<{ id?: string }>().params;
  const open = useCallback(() => openCase(id), [id]);
  const { data, error, reload } = useLoad(open);
  const [turn, setTurn] = useState(0);
  const [done, setDone] = useState<{ title: string; view: CaseView } | null>(null);

  const startAnew = useCallback(async () => {
    await reload();
    setTurn((before) => before + 1);
  }, [reload]);

  if (done) return <Done {...done} onLook={() => to.case(id, true)} />;
  if (!data) {
    return (
      <Page title="填报" onBack={goBack}>
        {error ? <ErrorState error={error} onRetry={() => void reload()} /> : <CardBones heights={[1, 6, 6]} />}
      </Page>
    );
  }
  const form = editableForm(data.view);
  if (!form) {
    return (
      <Page title="填报" onBack={goBack}>
        <Empty title="现在不需要您填写" note="本件已提交或已转给其他人办理，可查看办理进度。">
          <Action label="查看办件" onPress={() => to.case(id, true)} />
        </Empty>
      </Page>
    );
  }
  return (
    <FillForm
      key={turn}
      open={data}
      form={form}
      onDone={(title, view) => setDone({ title, view })}
      onStartAnew={() => void startAnew()}
    />
  );
}
