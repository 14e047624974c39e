import { Text, View } from '@tarojs/components';
import { useEffect, useId } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import { Icon } from './Icon.tsx';
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

/** A drawer from below for one decision or one text. Esc or the veil close it. */
export function Sheet({ title, onClose, top, foot, full = false, children }: PropsWithChildren<Props>) {
  const id = useId();
  useEscape(onClose);
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

function useEscape(onClose: () => void): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [onClose]);
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
