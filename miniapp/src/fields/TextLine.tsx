import { Input, Text, View } from '@tarojs/components';
import { useState } from 'react';

interface TextLineProps {
  label: string;
  text: string;
  placeholder?: string;
  /** Which keyboard a phone shows. */
  keyboard?: 'text' | 'numeric' | 'decimal' | 'tel' | 'idCard';
  /** Unit of measure behind the input. */
  unit?: string;
  /** Numbers stand to the right, so that digits align. */
  figures?: boolean;
  limit?: number;
  /** Keeps only what may be typed here. */
  tidy: (typed: string) => string;
  onText: (text: string) => void;
  onLeave: () => void;
}

const KEYBOARD_TYPES = { text: 'text', numeric: 'number', decimal: 'digit', tel: 'number', idCard: 'idcard' } as const;
/** Browsers know no keyboard with digits and X. */
const INPUT_MODES = { text: 'text', numeric: 'numeric', decimal: 'decimal', tel: 'tel', idCard: 'text' } as const;

/**
 * One line of text. While it has the focus it shows exactly what was typed (`1.` stays `1.`); afterwards the stored
 * value as it is written everywhere else.
 */
export function TextLine(props: TextLineProps) {
  const { label, text, placeholder, keyboard = 'text', unit, figures, limit, tidy, onText, onLeave } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const isBrowser = process.env.TARO_ENV === 'h5';
  return (
    <View className={`fx-line ${figures ? 'fx-line--figures' : ''}`}>
      <Input
        className="fx-line__input"
        aria-label={label}
        value={draft ?? text}
        placeholder={placeholder}
        type={isBrowser ? 'text' : KEYBOARD_TYPES[keyboard]}
        {...(isBrowser ? { inputMode: INPUT_MODES[keyboard] } : {})}
        maxlength={limit ?? 500}
        onInput={(event) => {
          const tidied = tidy(event.detail.value);
          setDraft(tidied);
          onText(tidied);
        }}
        onBlur={() => {
          setDraft(null);
          onLeave();
        }}
      />
      {unit ? <Text className="fx-line__unit">{unit}</Text> : null}
    </View>
  );
}
