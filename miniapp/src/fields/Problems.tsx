import { View } from '@tarojs/components';
import type { Problem } from '../../../forms/language/dialect.ts';
import { Sentence } from '../parts/Sentence.tsx';

/** What to put right, each as a whole sentence; a warning lets the person go on. */
export function Problems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <View className="fx-problems" role="alert">
      {problems.map(({ path, code, level, message, article }) => (
        <View key={`${path} ${code}`} className={`fx-problem fx-problem--${level}`}>
          <Sentence text={message} article={code === 'required' ? undefined : article} />
        </View>
      ))}
    </View>
  );
}
