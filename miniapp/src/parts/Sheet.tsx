import { Text, View } from '@tarojs/components';
import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { layOnTop } from './openSheets.ts';
import { Tap } from './Tap.tsx';
import './Sheet.css';

interface Props {
  title: string;
  onClose: () => void;
  /** Stays in view above the content, e.g. a search line. */
  top?: ReactNode;
  /** Stays in view below the content. */
  foot?: ReactNode;
  /** Covers the whole screen: for content that is a page of its own. */
  full?: boolean;
}

/** A drawer from below for one decision or one text. Esc, the way back or the veil close it. */
export function Sheet({ title, onClose, top, foot, full = false, children }: PropsWithChildren<Props>) {
  const id = useId();
  useOnTop(id, onClose);
  useFocusInside(id);
  return (
    <View className="sheet-veil" onClick={onClose}>
      <View
        id={id}
        className={`sheet${full ? ' sheet-full' : ''}`}
        role="dialog"
        aria-modal
        aria-label={title}
        {...{ tabIndex: -1 }}
        onClick={(event) => event.stopPropagation()}
      >
        <View className="sheet-head">
          <Text className="sheet-title">{title}</Text>
          <Tap className="sheet-close" label="关闭" onTap={onClose}>
            <Icon name="close" />
          </Tap>
        </View>
        {top}
        <View className="sheet-body">{children}</View>
        {foot ? <View className="sheet-foot">{foot}</View> : null}
      </View>
    </View>
  );
}

function useOnTop(id: string, onClose: () => void): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  }, [onClose]);
  // Before it can be seen: whoever sees the sheet can already go back from it.
  useLayoutEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    return layOnTop({ id, close: () => latest.current() });
  }, [id]);
}

/** The keyboard starts in the sheet and goes back to where it was. */
function useFocusInside(id: string): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    const before = document.activeElement;
    document.getElementById(id)?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [id]);
}
