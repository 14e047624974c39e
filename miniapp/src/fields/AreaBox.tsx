import { Text, Textarea, View } from '@tarojs/components';

/** Text beyond the limit is shown and complained about, not cut off: a pasted paragraph must not lose its end. */
const MOST_LETTERS = 20_000;

interface AreaBoxProps {
  label: string;
  text: string;
  placeholder: string;
  /** Starts as high as one line instead of three. */
  low?: boolean;
  count?: { text: string; off: boolean } | null;
  onText: (text: string) => void;
  onLeave: () => void;
}

/** A box that grows with its text. */
export function AreaBox({ label, text, placeholder, low = false, count, onText, onLeave }: AreaBoxProps) {
  return (
    <View className={`fx-area ${low ? 'fx-area--low' : ''}`}>
      {/* The twin gives the box its height; the input lies over it. So the page never measures and never jumps. */}
      <View className="fx-area__twin" aria-hidden="true">
        {text || placeholder}
        {text.endsWith('\n') ? ' ' : ''}
      </View>
      <Textarea
        className="fx-area__input"
        value={text}
        placeholder={placeholder}
        maxlength={MOST_LETTERS}
        nativeProps={{ 'aria-label': label }}
        onInput={(event) => onText(event.detail.value)}
        onBlur={onLeave}
      />
      {count ? <Text className={`fx-area__count ${count.off ? 'fx-area__count--off' : ''}`}>{count.text}</Text> : null}
    </View>
  );
}
