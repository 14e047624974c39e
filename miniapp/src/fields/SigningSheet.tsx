import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Sheet } from '../parts/Sheet.tsx';
import { Tap } from '../parts/Tap.tsx';
import type { StoredFile, Uploads } from './context.ts';
import { SigningPad } from './SigningPad.tsx';
import { useSigning } from './useSigning.ts';

const NAME = '签名.png';

interface SigningSheetProps {
  title: string;
  uploads: Uploads;
  onSigned: (stored: StoredFile) => void;
  onClose: () => void;
}

/** Where one signs: with a finger, a pen or the mouse; what was written is sent once it is confirmed. */
export function SigningSheet({ title, uploads, onSigned, onClose }: SigningSheetProps) {
  const signing = useSigning();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const ready = signing.written && !busy;
  const confirm = async () => {
    setBusy(true);
    setRefusal('');
    try {
      onSigned(await uploads.upload(await signing.picture(NAME), () => undefined));
    } catch (reason) {
      setBusy(false);
      setRefusal(wordsOf(reason));
    }
  };
  return (
    <Sheet
      title={title}
      onClose={onClose}
      foot={
        <View className="fx-foot">
          <Tap className="fx-button" disabled={!ready} onTap={signing.clear}>
            <Text>重写</Text>
          </Tap>
          <Tap className="fx-button fx-button--primary" disabled={!ready} onTap={() => void confirm()}>
            <Text>{busy ? '正在保存…' : '确认签名'}</Text>
          </Tap>
        </View>
      }
    >
      <SigningPad signing={signing} label={`${title}手写区`} />
      {signing.trouble ? <View className="fx-problem fx-problem--block">{signing.trouble}</View> : null}
      {refusal ? <View className="fx-problem fx-problem--block">{refusal}</View> : null}
    </Sheet>
  );
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error && reason.message !== ''
    ? reason.message
    : '签名没有保存上，请检查网络后再点“确认签名”。';
}
