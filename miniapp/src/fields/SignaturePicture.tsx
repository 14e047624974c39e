import { Image, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { useSurroundings } from './context.ts';

/** A signature as it was written. Its place is kept free until it is there. */
export function SignaturePicture({ id, label }: { id: string; label: string }) {
  const { uploads } = useSurroundings();
  const [shown, setShown] = useState<{ id: string; address: string | null } | null>(null);
  useEffect(() => {
    let stale = false;
    const show = (address: string | null) => {
      if (!stale) setShown({ id, address });
    };
    uploads?.picture(id).then(show, () => show(null));
    return () => {
      stale = true;
    };
  }, [uploads, id]);
  const address = shown?.id === id ? shown.address : undefined;
  return (
    <View className="fx-sign__picture" role="img" aria-label={`${label}（手写）`}>
      {address ? <Image className="fx-sign__image" src={address} mode="heightFix" /> : null}
      {address === null ? <View className="fx-value--none">签名图片没有取到，请检查网络后重新打开</View> : null}
    </View>
  );
}
