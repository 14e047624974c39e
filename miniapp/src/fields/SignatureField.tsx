import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Tap } from '../parts/Tap.tsx';
import { useSurroundings } from './context.ts';
import type { Answer } from './context.ts';
import { SignaturePicture } from './SignaturePicture.tsx';
import { SigningSheet } from './SigningSheet.tsx';

/** A name written by hand, kept as a picture among the attachments. */
export function SignatureField({ label, value, required, set, leave }: Answer<{ [key: string]: string | number }>) {
  const { uploads } = useSurroundings();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    leave();
  };
  return (
    <View className="fx-sign">
      {value?.id ? (
        <>
          <SignaturePicture id={String(value.id)} label={label} />
          <View className="fx-sign__acts">
            <Tap className="fx-link" label={`重签${label}`} onTap={() => setOpen(true)}>
              <Text>重签</Text>
            </Tap>
            {required ? null : (
              <Tap className="fx-link fx-link--refuse" label={`移除${label}`} onTap={() => set(undefined)}>
                <Text>移除</Text>
              </Tap>
            )}
          </View>
        </>
      ) : (
        <Tap className="fx-button fx-button--dashed" label={`手写${label}`} onTap={() => setOpen(true)}>
          <Text>手写签名</Text>
        </Tap>
      )}
      {open && uploads ? (
        <SigningSheet
          title={label}
          uploads={uploads}
          onSigned={({ id, name, size }) => {
            set({ id, name, size });
            close();
          }}
          onClose={close}
        />
      ) : null}
    </View>
  );
}
