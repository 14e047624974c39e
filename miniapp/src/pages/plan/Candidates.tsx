import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Action } from '../../parts/Action.tsx';
import { Card } from '../../parts/Card.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { ProjectWords } from './ProjectWords.tsx';
import { sumText } from './planText.ts';
import type { Project } from './planText.ts';

interface Props {
  projects: Project[];
  mayCompile: boolean;
  onAdd: (ids: string[]) => void;
}

/** Accepted projects that stand in no plan: ticked, then taken in together. */
export function Candidates({ projects, mayCompile, onAdd }: Props) {
  const [ticked, setTicked] = useState<string[]>([]);
  if (projects.length === 0) return null;
  const chosen = projects.filter(({ projectId }) => ticked.includes(projectId));
  const all = chosen.length === projects.length;
  const toggle = (id: string) =>
    setTicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));

  if (!mayCompile) {
    return (
      <Card title="已受理，尚未编入" aside={<Text className="plan-aside">{sumText(projects)}</Text>}>
        {projects.map((project) => (
          <View className="plan-line" key={project.projectId}>
            <ProjectWords project={project} />
          </View>
        ))}
      </Card>
    );
  }
  return (
    <Card
      title="可编入的项目（已受理）"
      aside={
        <Tap
          className="plan-link"
          role="checkbox"
          on={all}
          label="全选"
          onTap={() => setTicked(all ? [] : projects.map(({ projectId }) => projectId))}
        >
          <Text>{all ? '取消全选' : '全选'}</Text>
        </Tap>
      }
    >
      {projects.map((project) => {
        const on = ticked.includes(project.projectId);
        return (
          <Tap
            className="plan-line"
            role="checkbox"
            on={on}
            label={project.title ?? '未命名项目'}
            key={project.projectId}
            onTap={() => toggle(project.projectId)}
          >
            <View className={`plan-tick${on ? ' plan-tick-on' : ''}`}>
              {on ? <Icon name="check" size={14} /> : null}
            </View>
            <ProjectWords project={project} />
          </Tap>
        );
      })}
      <View className="plan-add">
        <Action
          kind="outline"
          label={chosen.length > 0 ? `编入草案（${sumText(chosen)}）` : '勾选后编入草案'}
          disabled={chosen.length === 0}
          onPress={() => {
            onAdd(chosen.map(({ projectId }) => projectId));
            setTicked([]);
          }}
        />
      </View>
    </Card>
  );
}
