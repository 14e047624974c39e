import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Option } from '../../../forms/language/dialect.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { Tap } from '../parts/Tap.tsx';
import { pathText } from './cascade.ts';
import type { Cascade } from './cascade.ts';
import { SearchLine } from './SearchLine.tsx';

/** Below this many answers a search line only takes room. */
const SEARCH_FROM = 9;

interface CascadeSheetProps {
  title: string;
  cascade: Cascade;
  chosen: string | null;
  onChoose: (value: string) => void;
  onClear?: () => void;
  onClose: () => void;
}

/** One level at a time, with the way back up; while searching, answers of all levels with their paths. */
export function CascadeSheet({ title, cascade, chosen, onChoose, onClear, onClose }: CascadeSheetProps) {
  const [query, setQuery] = useState('');
  const way = cascade.path(chosen);
  const [at, setAt] = useState<string | null>(way[way.length - 2]?.value ?? null);
  const searching = query.trim() !== '';
  const found = searching ? cascade.search(query) : [];
  return (
    <Sheet
      title={title}
      onClose={onClose}
      top={
        <>
          {cascade.size >= SEARCH_FROM ? (
            <SearchLine title={title} query={query} placeholder="输入关键字查找" onQuery={setQuery} />
          ) : null}
          {searching ? null : <Levels path={cascade.path(at)} onGo={setAt} />}
        </>
      }
      foot={
        onClear ? (
          <Tap className="fx-button" onTap={onClear}>
            <Text>清除选择</Text>
          </Tap>
        ) : null
      }
    >
      <View role="listbox" aria-label={title}>
        {searching
          ? found.map((option) => (
              <Answer
                key={option.value}
                text={pathText(cascade.path(option.value))}
                on={option.value === chosen}
                onTap={() => onChoose(option.value)}
              />
            ))
          : cascade
              .below(at)
              .map(({ option, isAnswer }) =>
                isAnswer ? (
                  <Answer
                    key={option.value}
                    text={option.label}
                    on={option.value === chosen}
                    onTap={() => onChoose(option.value)}
                  />
                ) : (
                  <Deeper
                    key={option.value}
                    option={option}
                    on={way.includes(option)}
                    onTap={() => setAt(option.value)}
                  />
                ),
              )}
      </View>
      {searching && found.length === 0 ? (
        <View className="fx-nothing">没有符合“{query}”的选项，请换个关键字</View>
      ) : null}
    </Sheet>
  );
}

/** Where one is; each level leads back to it. */
function Levels({ path, onGo }: { path: Option[]; onGo: (value: string | null) => void }) {
  const levels = [{ value: null, label: '全部' }, ...path];
  if (levels.length === 1) return null;
  return (
    <View className="fx-levels">
      {levels.map(({ value, label }, index) => (
        <View className="fx-levels__level" key={value ?? ''}>
          {index > 0 ? (
            <Text className="fx-levels__mark" aria-hidden="true">
              /
            </Text>
          ) : null}
          {index < levels.length - 1 ? (
            <Tap className="fx-link" label={`回到${label}`} onTap={() => onGo(value)}>
              <Text>{label}</Text>
            </Tap>
          ) : (
            <Text className="fx-levels__here">{label}</Text>
          )}
        </View>
      ))}
    </View>
  );
}

function Answer({ text, on, onTap }: { text: string; on: boolean; onTap: () => void }) {
  return (
    <Tap role="option" label={text} on={on} className={`fx-option ${on ? 'fx-option--on' : ''}`} onTap={onTap}>
      <Text className="fx-option__label">{text}</Text>
      <Text className="fx-option__mark" aria-hidden="true">
        {on ? '✓' : ''}
      </Text>
    </Tap>
  );
}

function Deeper({ option, on, onTap }: { option: Option; on: boolean; onTap: () => void }) {
  return (
    <Tap
      label={`${option.label}，下一级`}
      className={`fx-option ${on ? 'fx-option--on' : ''}`}
      expanded={false}
      onTap={onTap}
    >
      <Text className="fx-option__label">{option.label}</Text>
      <Text className="fx-picked__arrow" aria-hidden="true">
        ›
      </Text>
    </Tap>
  );
}
