import { View } from '@tarojs/components';
import { TextLine } from './TextLine.tsx';

interface SearchLineProps {
  /** What is searched. */
  title: string;
  query: string;
  placeholder: string;
  onQuery: (query: string) => void;
}

/** The line at the top of a sheet that narrows down what stands below it. */
export function SearchLine({ title, query, placeholder, onQuery }: SearchLineProps) {
  return (
    <View className="fx-search">
      <TextLine
        label={`搜索${title}`}
        text={query}
        placeholder={placeholder}
        tidy={(text) => text}
        onText={onQuery}
        onLeave={() => undefined}
      />
    </View>
  );
}
