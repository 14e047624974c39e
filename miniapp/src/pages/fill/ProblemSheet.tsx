import { Text, View } from '@tarojs/components';
import type { Problem } from '../../api/types.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Sheet } from '../../parts/Sheet.tsx';
import { Tap } from '../../parts/Tap.tsx';
import './ProblemSheet.css';

interface Props {
  problems: Problem[];
  onClose: () => void;
  onJump: (path: string) => void;
}

/** Everything that must be put right before it can be sent; a line leads to its field. */
export function ProblemSheet({ problems, onClose, onJump }: Props) {
  const blocking = problems.filter((problem) => problem.level === 'block');
  return (
    <Sheet title={`还有 ${blocking.length} 处需要补充或更正`} onClose={onClose}>
      <View role="list">
        {blocking.map((problem) => (
          <View role="listitem" key={`${problem.path} ${problem.code}`}>
            <Tap className="problem-line" onTap={() => onJump(problem.path)}>
              <View className="problem-words">
                <Text className="problem-title">{problem.title}</Text>
                <Text className="problem-message">{problem.message}</Text>
              </View>
              <Icon name="forward" size={16} />
            </Tap>
          </View>
        ))}
      </View>
    </Sheet>
  );
}
