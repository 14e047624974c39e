import { Text, View } from '@tarojs/components';
import { Tap } from './Tap.tsx';
import './Choice.css';

interface Option<T extends string> {
  value: T;
  label: string;
  note?: string;
}

interface Props<T extends string> {
  title: string;
  options: Option<T>[];
  value: T | null;
  onChoose: (value: T) => void;
}

/** One of a few, each a whole line to press. */
export function Choice<T extends string>({ title, options, value, onChoose }: Props<T>) {
  return (
    <View className="choice" role="radiogroup" aria-label={title}>
      <Text className="choice-title">{title}</Text>
      {options.map((option) => (
        <Tap
          key={option.value}
          role="radio"
          on={option.value === value}
          className={`choice-option${option.value === value ? ' choice-on' : ''}`}
          label={option.label}
          onTap={() => onChoose(option.value)}
        >
          <View className="choice-mark" />
          <View className="choice-words">
            <Text>{option.label}</Text>
            {option.note ? <Text className="choice-note">{option.note}</Text> : null}
          </View>
        </Tap>
      ))}
    </View>
  );
}
