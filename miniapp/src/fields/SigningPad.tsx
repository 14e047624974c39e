import { Canvas, Text, View } from '@tarojs/components';
import type { Signing } from './useSigning.ts';

/** What one writes on. Browsers have a canvas of their own, which hears finger, pen and mouse alike. */
export function SigningPad({ signing, label }: { signing: Signing; label: string }) {
  const { id, written, down, move, up } = signing;
  return (
    <View className="fx-pad">
      {written ? null : (
        <Text className="fx-pad__hint" aria-hidden="true">
          请在框内手写姓名
        </Text>
      )}
      {process.env.TARO_ENV === 'h5' ? (
        <canvas
          id={id}
          className="fx-pad__sheet"
          role="img"
          aria-label={label}
          onPointerDown={({ nativeEvent, currentTarget, pointerId, button }) => {
            if (button !== 0) return;
            currentTarget.setPointerCapture(pointerId);
            down({ x: nativeEvent.offsetX, y: nativeEvent.offsetY });
          }}
          onPointerMove={({ nativeEvent }) => move({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })}
          onPointerUp={up}
          onPointerCancel={up}
        />
      ) : (
        <Canvas
          id={id}
          canvasId={id}
          type={process.env.TARO_ENV === 'weapp' ? '2d' : undefined}
          className="fx-pad__sheet"
          disableScroll
          onTouchStart={({ touches: [touch] }) => {
            if (touch) down(touch);
          }}
          onTouchMove={({ touches: [touch] }) => {
            if (touch) move(touch);
          }}
          onTouchEnd={up}
          onTouchCancel={up}
        />
      )}
    </View>
  );
}
