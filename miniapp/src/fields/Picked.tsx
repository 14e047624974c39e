import { Text } from '@tarojs/components';
import { Tap } from '../parts/Tap.tsx';

interface PickedProps {
  label: string;
  text: string;
  placeholder: string;
  open: boolean;
  onTap: () => void;
}

/** A line that looks like an input and opens a sheet. */
export function Picked({ label, text, placeholder, open, onTap }: PickedProps) {
  return (
    <Tap className="fx-picked" role="combobox" label={label} expanded={open} onTap={onTap}>
      <Text className={text ? 'fx-picked__text' : 'fx-picked__placeholder'}>{text || placeholder}</Text>
      <Text className="fx-picked__arrow" aria-hidden="true">
        ›
      </Text>
    </Tap>
  );
}
