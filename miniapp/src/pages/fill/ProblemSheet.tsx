import { Text, View } from '@tarojs/components';
import type { Form } from '../../../../forms/language/dialect.ts';
import { fieldsOf } from '../../../../forms/language/submission.ts';
import type { Problem } from '../../api/types.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Sheet } from '../../parts/Sheet.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { wordsOf } from './problemWords.ts';
import './ProblemSheet.css';

interface Props {
  form: Form;
  problems: Problem[];
  onClose: () => void;
  onJump: (path: string) => void;
}

/** Everything that must be put right before it can be sent, section by section; a line leads to its field. */
export function ProblemSheet({ form, problems, onClose, onJump }: Props) {
  const blocking = problems.filter((problem) => problem.level === 'block');
  return (
    <Sheet title={`还有 ${blocking.length} 处需要补充或更正`} onClose={onClose}>
      {bySection(form, blocking).map(([section, found]) => (
        <View key={section} className="problem-section">
          <View className="problem-heading" role="heading" aria-level={3}>
            <Text>{section}</Text>
            <Text className="problem-count">{found.length} 处</Text>
          </View>
          <View role="list" aria-label={section}>
            {found.map((problem) => (
              <View role="listitem" key={`${problem.path} ${problem.code}`}>
                <Tap className="problem-line" onTap={() => onJump(problem.path)}>
                  <Text className="problem-words">{wordsOf(problem)}</Text>
                  <Icon name="forward" size={16} />
                </Tap>
              </View>
            ))}
          </View>
        </View>
      ))}
    </Sheet>
  );
}

/** In the order of the form. */
function bySection(form: Form, problems: Problem[]): [string, Problem[]][] {
  const sections = new Map(fieldsOf(form).map(({ key, section }) => [key, section?.title ?? form.title]));
  const groups = new Map<string, Problem[]>([...sections.values()].map((title) => [title, []]));
  for (const problem of problems) {
    const title = sections.get(problem.path.split('.')[0] ?? '') ?? form.title;
    groups.set(title, [...(groups.get(title) ?? []), problem]);
  }
  return [...groups].filter(([, found]) => found.length > 0);
}
