import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { sourceOf } from '../../../forms/language/components.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { Tap } from '../parts/Tap.tsx';
import { useSurroundings } from './context.ts';
import type { Answer, Found } from './context.ts';
import { PickedFrom } from './PickedFrom.tsx';
import { SearchLine } from './SearchLine.tsx';

const PAUSE_MS = 250;

const PLACEHOLDERS: Record<string, string> = { person: '请查找并选择人员', seat: '请查找并选择席位' };
const SEARCHES: Record<string, string> = { person: '输入姓名、单位或席位查找', seat: '输入单位、席位或姓名查找' };

/** A link to a record, a person or a seat the server knows: searched by name, kept as id and label. */
export function ReferenceField(answer: Answer<{ [key: string]: string }>) {
  const { field, value, required, set } = answer;
  const source = sourceOf(field) ?? '';
  return (
    <PickedFrom answer={answer} text={value?.label ?? ''} placeholder={PLACEHOLDERS[source] ?? '请查找并选择'}>
      {(close) => (
        <SearchSheet
          title={field.title}
          source={source}
          onClose={close}
          onPick={({ id, label: name }) => {
            set({ id, label: name });
            close();
          }}
          onClear={
            value?.id && !required
              ? () => {
                  set(undefined);
                  close();
                }
              : undefined
          }
        />
      )}
    </PickedFrom>
  );
}

interface SearchSheetProps {
  title: string;
  source: string;
  onPick: (found: Found) => void;
  onClear?: () => void;
  onClose: () => void;
}

function SearchSheet({ title, source, onPick, onClear, onClose }: SearchSheetProps) {
  const { lookUp } = useSurroundings();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found[] | null>(null);
  const [refusal, setRefusal] = useState('');

  useEffect(() => {
    let stale = false;
    const search = async () => {
      try {
        const items = lookUp ? await lookUp(source, query.trim()) : [];
        if (stale) return;
        setFound(items);
        setRefusal('');
      } catch (error) {
        if (!stale)
          setRefusal(error instanceof Error && error.message ? error.message : '没有查到，请检查网络后再试。');
      }
    };
    const timer = setTimeout(() => void search(), PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [lookUp, source, query]);

  return (
    <Sheet
      title={title}
      onClose={onClose}
      top={
        <SearchLine
          title={title}
          query={query}
          placeholder={SEARCHES[source] ?? '输入名称或编号查找'}
          onQuery={setQuery}
        />
      }
      foot={
        onClear ? (
          <Tap className="fx-button" onTap={onClear}>
            <Text>清除选择</Text>
          </Tap>
        ) : null
      }
    >
      {refusal ? <View className="fx-problem fx-problem--block">{refusal}</View> : null}
      {found === null && !refusal ? <View className="fx-nothing">正在查找…</View> : null}
      {found?.length === 0 ? <View className="fx-nothing">没有查到，请换个关键字</View> : null}
      <View role="listbox" aria-label={title}>
        {(found ?? []).map((item) => (
          <Tap key={item.id} role="option" label={item.label} className="fx-option" onTap={() => onPick(item)}>
            <View className="fx-option__label">
              <View>{item.label}</View>
              {item.note ? <View className="fx-option__note">{item.note}</View> : null}
            </View>
          </Tap>
        ))}
      </View>
    </Sheet>
  );
}
