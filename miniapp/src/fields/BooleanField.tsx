import { Text, View } from '@tarojs/components';
import { Tap } from '../parts/Tap.tsx';
import { Choices } from './Choices.tsx';
import type { Answer } from './context.ts';

const YES_NO = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
];

/** A question that must be answered has no default: 是 or 否 is chosen. An optional one is a switch. */
export function BooleanField({ label, value, required, set, leave }: Answer<boolean>) {
  if (required) {
    return (
      <Choices
        label={label}
        options={YES_NO}
        chosen={value === undefined ? [] : [value ? 'yes' : 'no']}
        onChoose={(choice) => {
          set(choice === 'yes');
          leave();
        }}
      />
    );
  }
  return (
    <Tap className="fx-switch" role="switch" label={label} on={value === true} onTap={() => set(value !== true)}>
      <View className={`fx-switch__track ${value ? 'fx-switch__track--on' : ''}`}>
        <View className="fx-switch__knob" />
      </View>
      <Text className="fx-switch__word">{value ? '是' : '否'}</Text>
    </Tap>
  );
}
