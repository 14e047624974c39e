import { View } from '@tarojs/components';
import Taro, { useDidShow, useRouter } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AllowedActionView, CaseView } from '../../api/types.ts';
import { hasColumns } from '../../fields/index.ts';
import { useLoad } from '../../load.ts';
import { goBack, to } from '../../navigate.ts';
import { Action } from '../../parts/Action.tsx';
import { ActSheet } from '../../parts/ActSheet.tsx';
import { ActionBar } from '../../parts/ActionBar.tsx';
import { Done } from '../../parts/Done.tsx';
import { ErrorState } from '../../parts/Empty.tsx';
import { Page } from '../../parts/Page.tsx';
import { CardBones } from '../../parts/Skeleton.tsx';
import { continued, editableForm, openCase } from '../../work.ts';
import { CaseSheet } from './CaseSheet.tsx';
import { usePrint } from './usePrint.ts';

const LOOK_AGAIN_MS = 15_000;

/** One case: where it stands, what it says, what was said about it, and what one may do. */
export default function Case() {
  const { id = '' } = useRouter<{ id?: string }>().params;
  const open = useCallback(() => openCase(id), [id]);
  const { data, error, reload, set } = useLoad(open);
  const [action, setAction] = useState<AllowedActionView | null>(null);
  const [done, setDone] = useState<{ title: string; view: CaseView } | null>(null);
  const { printing, print } = usePrint();
  useFresh(reload, action === null && done === null);

  const finish = async (view: CaseView) => {
    setDone({ title: `已${action?.label ?? '办理'}`, view });
    setAction(null);
    if (data) set(await continued(data, view));
  };

  if (done) return <Done {...done} onLook={() => setDone(null)} />;
  if (!data) {
    return (
      <Page title="办件" onBack={goBack}>
        {error ? <ErrorState error={error} onRetry={() => void reload()} /> : <CardBones heights={[3, 5, 4]} />}
      </Page>
    );
  }
  const { view } = data;
  return (
    <Page
      title={view.stage.title}
      wide={view.asked !== null || Object.values(data.forms).some(hasColumns)}
      onBack={goBack}
      foot={<ActionBar allowed={view.allowed} onChoose={setAction} forward={formAhead(view)} />}
    >
      <CaseSheet open={data} unfolded={printing} />
      {process.env.TARO_ENV === 'h5' ? (
        <View className="case-print">
          <Action kind="text" label="打印本件" onPress={print} />
        </View>
      ) : null}
      {action ? (
        <ActSheet
          view={view}
          action={action}
          onClose={() => setAction(null)}
          onStale={() => {
            setAction(null);
            void reload();
          }}
          onDone={(next) => void finish(next).catch(() => void reload())}
        />
      ) : null}
    </Page>
  );
}

/** Where a form comes before the decision, the bar leads to the form. */
function formAhead(view: CaseView): { label: string; onPress: () => void } | undefined {
  const form = editableForm(view);
  if (!form) return undefined;
  const onPress = () => to.fill(view.id);
  if (view.state === 'draft') return { label: '继续填写', onPress };
  if (view.allowed.some(({ type }) => type === 'resubmit')) return { label: '修改并重新提交', onPress };
  return { label: `填写${form.title}`, onPress };
}

/** Others work on the same case: look again when one comes back and now and then while one is reading. */
function useFresh(reload: () => Promise<void>, may: boolean): void {
  const shownBefore = useRef(false);
  useDidShow(() => {
    if (shownBefore.current) void reload();
    shownBefore.current = true;
  });
  useEffect(() => {
    if (!may) return;
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload, may]);
  useEffect(() => () => void Taro.hideToast(), []);
}
