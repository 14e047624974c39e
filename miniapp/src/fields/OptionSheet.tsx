import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Option } from '../../../forms/language/dialect.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { Tap } from '../parts/Tap.tsx';
import { SearchLine } from './SearchLine.tsx';

/** Below this many options a search line only takes room. */
const SEARCH_FROM = 9;

interface OptionSheetProps {
  title: string;
  options: Option[];
  chosen: readonly string[];
  many?: boolean;
  onChoose: (value: string) => void;
  onClose: () => void;
}

/** Options in a sheet, with search where there are many. Choosing one closes it; of several, 完成 does. */
export function OptionSheet({ title, options, chosen, many, onChoose, onClose }: OptionSheetProps) {
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
  return (
    <Sheet
      title={title}
      onClose={onClose}
      top={
        options.length >= SEARCH_FROM ? (
          <SearchLine title={title} query={query} placeholder="输入关键字查找" onQuery={setQuery} />
        ) : null
      }
      foot={
        many ? (
          <Tap className="fx-button fx-button--primary" onTap={onClose}>
            <Text>{chosen.length > 0 ? `完成（已选 ${chosen.length} 项）` : '完成'}</Text>
          </Tap>
        ) : null
      }
    >
      <View role="listbox" aria-label={title}>
        {shown.map((option) => {
          const checked = chosen.includes(option.value);
          return (
            <Tap
              key={option.value}
              role="option"
              label={option.label}
              on={checked}
              className={`fx-option ${checked ? 'fx-option--on' : ''}`}
              onTap={() => onChoose(option.value)}
            >
              <Text className="fx-option__label">{option.label}</Text>
              <Text className="fx-option__mark" aria-hidden="true">
                {checked ? '✓' : ''}
              </Text>
            </Tap>
          );
        })}
      </View>
      {shown.length === 0 ? <View className="fx-nothing">没有符合“{query}”的选项，请换个关键字</View> : null}
    </Sheet>
  );
}
