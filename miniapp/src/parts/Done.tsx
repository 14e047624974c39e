import { View } from '@tarojs/components';
import type { CaseView } from '../api/types.ts';
import { to } from '../navigate.ts';
import { stateOfCase } from '../words.ts';
import { holderText } from '../work.ts';
import { Action } from './Action.tsx';
import { Icon } from './Icon.tsx';
import { Page } from './Page.tsx';
import './Done.css';

interface Props {
  /** `已签发` */
  title: string;
  view: CaseView;
  onLook: () => void;
}

/** What was just done, and who has it now. */
export function Done({ title, view, onLook }: Props) {
  return (
    <Page title="办理结果">
      <View className="done" role="status">
        <View className="done-icon">
          <Icon name="check" size={40} />
        </View>
        <View className="done-title">{title}</View>
        <View className="done-name">{view.project.title ?? '未命名项目'}</View>
        <View className="done-next">{nextOf(view)}</View>
        <View className="done-actions">
          <Action label="返回事项" onPress={to.home} />
          <Action kind="text" label="查看办件" onPress={onLook} />
        </View>
      </View>
    </Page>
  );
}

function nextOf(view: CaseView): string {
  if (view.state === 'ended') {
    const onward = view.relatedCases.find(({ state }) => state === 'running');
    return `${stateOfCase(view).text}${onward ? `，已自动转入“${onward.stageTitle}”` : '，本件已办结'}。`;
  }
  const waiting = view.asked?.open ? view.asked.seats.filter(({ status }) => status === 'waiting').length : 0;
  if (view.asked && waiting > 0) {
    const after = view.path.find(({ status }) => status === 'ahead')?.title;
    return `还有 ${waiting} 个席位待${view.asked.label}${after ? `，全部办完后转入“${after}”` : ''}。`;
  }
  const holder = holderText(view);
  const step = view.at?.title;
  return [step ? `下一环节：${step}` : '', holder ? `由 ${holder} 办理` : ''].filter(Boolean).join('，') + '。';
}
