import { Text, View } from '@tarojs/components';
import type { Option } from '../../../forms/language/dialect.ts';
import { Tap } from '../parts/Tap.tsx';

const SHORT_LABEL = 4;
const LONG_LABEL = 8;

interface ChoicesProps {
  label: string;
  options: Option[];
  chosen: readonly string[];
  many?: boolean;
  onChoose: (value: string) => void;
}

/** A handful of options, all in sight. */
export function Choices({ label, options, chosen, many, onChoose }: ChoicesProps) {
  return (
    <View className={`fx-choices ${layoutOf(options)}`} role={many ? 'group' : 'radiogroup'} aria-label={label}>
      {options.map((option) => {
        const checked = chosen.includes(option.value);
        return (
          <Tap
            key={option.value}
            role={many ? 'checkbox' : 'radio'}
            label={option.label}
            on={checked}
            className={`fx-choice ${checked ? 'fx-choice--on' : ''}`}
            onTap={() => onChoose(option.value)}
          >
            <Text>{option.label}</Text>
          </Tap>
        );
      })}
    </View>
  );
}

/** As many side by side as fit on a narrow phone; equal widths, so that rows line up. */
function layoutOf(options: Option[]): string {
  const longest = Math.max(...options.map((option) => option.label.length));
  if (longest > LONG_LABEL) return 'fx-choices--long';
  return longest > SHORT_LABEL || options.length === 2 || options.length === 4 ? 'fx-choices--pairs' : '';
}
