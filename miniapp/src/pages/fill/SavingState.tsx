import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { sentenceOf } from '../../api/client.ts';
import { clockOf } from '../../format.ts';
import { Action } from '../../parts/Action.tsx';
import { Card } from '../../parts/Card.tsx';
import { Sentence } from '../../parts/Sentence.tsx';
import type { Saving } from './DraftKeeper.ts';
import './SavingState.css';

const WORDS: Record<Exclude<Saving['state'], 'saved'>, string> = {
  clean: '',
  changed: '未保存',
  saving: '正在保存…',
  offline: '已存本机',
  stale: '有冲突',
  refused: '没有保存',
};

/** `已保存 14:03` */
export function SavingText({ saving }: { saving: Saving }) {
  const text = saving.state === 'saved' ? `已保存 ${clockOf(saving.at)}` : WORDS[saving.state];
  const wrong = saving.state === 'stale' || saving.state === 'refused' || saving.state === 'offline';
  return (
    <Text className={wrong ? 'saving saving-wrong' : 'saving'} aria-live="polite">
      {text}
    </Text>
  );
}

interface Props {
  saving: Saving;
  onOverwrite: () => Promise<void>;
  onTakeTheirs: () => void;
}

/** What stands in the way of saving, and the choice where there is one. */
export function TroubleCard({ saving, onOverwrite, onTakeTheirs }: Props) {
  if (saving.state === 'refused') {
    return (
      <Card tone="refuse" title="没有保存成功">
        <View role="alert">
          <Sentence text={saving.message} />
        </View>
      </Card>
    );
  }
  if (saving.state === 'offline') {
    return (
      <Card tone="wait">
        <View role="status">网络连接不上，填写的内容已存在本机，联网后自动保存。</View>
      </Card>
    );
  }
  return saving.state === 'stale' ? <Conflict onOverwrite={onOverwrite} onTakeTheirs={onTakeTheirs} /> : null;
}

function Conflict({ onOverwrite, onTakeTheirs }: Omit<Props, 'saving'>) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const overwrite = async () => {
    setBusy(true);
    try {
      await onOverwrite();
    } catch (error) {
      setRefusal(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Card tone="wait" title="这份草稿在别处改过">
      <View role="alert">另一个窗口或另一台手机保存了更新的内容。您这里的修改还没有保存，请选择保留哪一份。</View>
      {refusal ? <View className="conflict-refusal">{refusal}</View> : null}
      <View className="conflict-actions">
        <Action kind="outline" label="用最新保存的" onPress={onTakeTheirs} disabled={busy} />
        <Action kind="outline" label="保留我这里的" onPress={() => void overwrite()} busy={busy} />
      </View>
    </Card>
  );
}
