import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { extensionOf } from '../host/host.ts';
import { host, HostError } from '../host/index.ts';
import { Tap } from '../parts/Tap.tsx';
import { useSurroundings } from './context.ts';
import type { Answer, PickedFile } from './context.ts';
import { FileLine } from './FileLine.tsx';
import { sizeText } from './sizeText.ts';

type Attached = { [key: string]: string | number | boolean };

interface Sending {
  name: string;
  percent: number;
}

const NO_SECRET = '我确认：即将上传的这份文件不含国家秘密、工作秘密和敏感信息';

/** Attachments. The picker stays shut until 非涉密 is ticked, and the tick counts for one file only (依据第三条). */
export function FilesField({ field, label, value, set, leave }: Answer<Attached[]>) {
  const { uploads } = useSurroundings();
  const [cleared, setCleared] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [refusal, setRefusal] = useState('');
  const files = value ?? [];
  const full = files.length >= (field.maxItems ?? 20);

  const send = async (file: PickedFile) => {
    if (!uploads) return;
    setSending({ name: file.name, percent: 0 });
    try {
      const stored = await uploads.upload(file, (percent) => setSending({ name: file.name, percent }));
      set([...files, { id: stored.id, name: stored.name, size: stored.size, noSecret: true }]);
    } catch (error) {
      setRefusal(
        error instanceof Error && error.message ? error.message : `“${file.name}”没有传上去，请检查网络后再试。`,
      );
    } finally {
      setSending(null);
      setCleared(false);
    }
  };
  const choose = async () => {
    setRefusal('');
    const file = await host.pickFile(field['x-files']?.extensions ?? []);
    if (!file) return;
    const reason = reasonAgainst(file, field['x-files']);
    if (reason) setRefusal(reason);
    else await send(file);
    leave();
  };

  return (
    <View className="fx-files">
      <View className="fx-files__banner">严禁上传涉密文件。涉密项目和材料不在本系统办理（依据《办法》第三条）。</View>
      {files.map((file, index) => (
        <FileLine
          key={String(file.id)}
          name={String(file.name)}
          size={Number(file.size)}
          onOpen={() => uploads?.open(String(file.id), String(file.name))}
          onRemove={() => {
            set(files.filter((_, at) => at !== index));
            leave();
          }}
        />
      ))}
      {sending ? (
        <View className="fx-files__sending">
          <Text className="fx-files__name">{sending.name}</Text>
          <Text>正在上传 {Math.round(sending.percent)}%</Text>
          <View className="fx-files__bar" style={{ width: `${sending.percent}%` }} />
        </View>
      ) : null}
      {!sending && !full ? (
        <>
          <Tap
            className="fx-tick"
            role="checkbox"
            label={`${label} 非涉密确认`}
            on={cleared}
            onTap={() => setCleared(!cleared)}
          >
            <View className={`fx-tick__box ${cleared ? 'fx-tick__box--on' : ''}`}>{cleared ? '✓' : ''}</View>
            <Text className="fx-tick__text">{NO_SECRET}</Text>
          </Tap>
          <Tap
            className="fx-button"
            label={`上传${label}`}
            disabled={!cleared}
            onTap={() => void choose().catch((reason: unknown) => setRefusal(wordsOf(reason)))}
          >
            <Text>{cleared ? '选择文件' : '选择文件（请先勾选非涉密确认）'}</Text>
          </Tap>
        </>
      ) : null}
      {field['x-files'] ? (
        <View className="fx-files__limits">
          支持 {field['x-files'].extensions.join('、')}，每个不超过 {sizeText(field['x-files'].maxBytes)}
        </View>
      ) : null}
      {refusal ? <View className="fx-problem fx-problem--block">{refusal}</View> : null}
    </View>
  );
}

function reasonAgainst(file: PickedFile, limits: { extensions: string[]; maxBytes: number } | undefined): string {
  if (!limits) return '';
  const extension = extensionOf(file.name);
  if (!limits.extensions.includes(extension)) {
    return `“${file.name}”的格式不能上传，请转换为 ${limits.extensions.join('、')} 后再选。`;
  }
  if (file.size === null) return '';
  if (file.size > limits.maxBytes) {
    return `“${file.name}”有 ${sizeText(file.size)}，超过 ${sizeText(limits.maxBytes)} 的上限，请压缩或拆分后再选。`;
  }
  return file.size === 0 ? `“${file.name}”是空文件，请重新选择。` : '';
}

function wordsOf(reason: unknown): string {
  return reason instanceof HostError ? reason.message : '没有选到文件，请再试一次。';
}
