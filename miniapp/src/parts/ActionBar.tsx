import { Text, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import type { AllowedActionView } from '../api/types.ts';
import { Action } from './Action.tsx';
import { Bar } from './Bar.tsx';
import { Sheet } from './Sheet.tsx';
import { Tap } from './Tap.tsx';
import './ActionBar.css';

type Kind = AllowedActionView['type'];

/** The one that goes forward, then the one that goes back; the rest is behind 更多. */
const FORWARD: Kind[] = ['approve', 'submit', 'resubmit', 'nominate'];

interface Props {
  allowed: AllowedActionView[];
  onChoose: (action: AllowedActionView) => void;
  /** Stands in for the forward actions where they need a page of their own. */
  forward?: { label: string; onPress: () => void } | undefined;
  /** What one looks at before deciding; stands first. */
  look?: { label: string; onPress: () => void } | undefined;
}

/** What the server says this person may do now; nothing is drawn that it did not offer. */
export function ActionBar({ allowed, onChoose, forward, look }: Props) {
  const [more, setMore] = useState(false);
  const close = useCallback(() => setMore(false), []);
  const ahead = forward ? undefined : allowed.find(({ type }) => FORWARD.includes(type));
  const back = forward ? undefined : allowed.find(({ type }) => type === 'return');
  const rest = allowed.filter((one) => one !== ahead && one !== back && !(forward && one.type !== 'withdraw'));
  if (!ahead && !back && !forward && rest.length === 0) return null;
  const only = !ahead && !back && !forward && rest.length === 1 ? rest[0] : undefined;
  return (
    <>
      <Bar>
        {look ? <Action kind="text" label={look.label} onPress={look.onPress} /> : null}
        {only ? <Action kind="outline" label={only.label} onPress={() => onChoose(only)} /> : null}
        {rest.length > 0 && !only ? <Action kind="text" label="更多" onPress={() => setMore(true)} /> : null}
        {back ? <Action kind="text" label={back.label} onPress={() => onChoose(back)} /> : null}
        {forward ? <Action label={forward.label} onPress={forward.onPress} /> : null}
        {ahead ? <Action label={ahead.label} onPress={() => onChoose(ahead)} /> : null}
      </Bar>
      {more ? (
        <MoreSheet
          actions={rest}
          onClose={close}
          onChoose={(one) => {
            close();
            onChoose(one);
          }}
        />
      ) : null}
    </>
  );
}

interface MoreProps {
  actions: AllowedActionView[];
  onClose: () => void;
  onChoose: (action: AllowedActionView) => void;
}

function MoreSheet({ actions, onClose, onChoose }: MoreProps) {
  return (
    <Sheet title="更多操作" onClose={onClose}>
      {actions.map((one) => (
        <Tap key={one.type} className="more-line" onTap={() => onChoose(one)}>
          <View className="more-words">
            <Text className={one.type === 'reject' || one.type === 'withdraw' ? 'more-danger' : ''}>{one.label}</Text>
            <Text className="more-note">{NOTES[one.type]}</Text>
          </View>
        </Tap>
      ))}
    </Sheet>
  );
}

const NOTES: Record<Kind, string> = {
  approve: '',
  submit: '',
  resubmit: '',
  return: '退给申报单位修改后再报',
  reject: '本件到此结束，须说明理由',
  nominate: '为回避的席位指定谁来代为审查',
  withdraw: '本件到此结束，申报内容留存备查',
};
