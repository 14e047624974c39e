import { Text, View } from '@tarojs/components';
import { Card } from '../../parts/Card.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { ProjectWords } from './ProjectWords.tsx';
import { sumText } from './planText.ts';
import type { PlanDesk } from './usePlan.ts';

/** The lines not sent yet, in their order; whoever compiles moves and removes them. */
export function DraftLines({ desk, mayCompile }: { desk: PlanDesk; mayCompile: boolean }) {
  const { unsent, dirty, move, remove } = desk;
  return (
    <Card
      title="待送审"
      aside={<Text className="plan-aside">{dirty ? '有未保存的调整' : unsent.length > 0 ? sumText(unsent) : ''}</Text>}
    >
      {unsent.length === 0 ? (
        <View className="plan-none">还没有编入的项目。从下方已受理的项目中勾选，编入草案。</View>
      ) : null}
      <View role="list" aria-label="待送审项目">
        {unsent.map((project, at) => {
          const name = project.title ?? '未命名项目';
          return (
            <View className="plan-line" role="listitem" key={project.projectId}>
              <Text className="plan-no">{at + 1}</Text>
              <View className="plan-main">
                <ProjectWords project={project} />
                {mayCompile ? (
                  <View className="plan-tools">
                    <Tap className="plan-tool" label={`上移 ${name}`} disabled={at === 0} onTap={() => move(at, -1)}>
                      <View className="plan-up">
                        <Icon name="down" size={18} />
                      </View>
                      <Text>上移</Text>
                    </Tap>
                    <Tap
                      className="plan-tool"
                      label={`下移 ${name}`}
                      disabled={at === unsent.length - 1}
                      onTap={() => move(at, 1)}
                    >
                      <Icon name="down" size={18} />
                      <Text>下移</Text>
                    </Tap>
                    <Tap className="plan-tool plan-remove" label={`移出 ${name}`} onTap={() => remove(project)}>
                      <Icon name="close" size={18} />
                      <Text>移出</Text>
                    </Tap>
                  </View>
                ) : null}
              </View>
            </View>
          );
        })}
      </View>
    </Card>
  );
}
