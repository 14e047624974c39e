import { Schema } from '@formily/json-schema';
import { FormProvider, observer } from '@formily/react';
import { Text, View } from '@tarojs/components';
import { useEffect, useMemo, useRef } from 'react';
import { toFormily } from '../../../forms/language/formily.ts';
import { host } from '../host/index.ts';
import { Tap } from '../parts/Tap.tsx';
import { useFilling } from './context.ts';
import { anchorOf } from './questions.ts';
import { SchemaField } from './SchemaField.ts';
import { StepRail } from './StepRail.tsx';
import type { Step } from './steps.ts';

const TOP = 'fx-top';

/** The form to fill in: one step after the other, one tab at a time, or all of it on one page. */
export const EditForm = observer(function EditForm() {
  const filling = useFilling();
  const schema = useMemo(() => toFormily(filling.form, filling.ctx), [filling]);
  const position = filling.position();
  const step = filling.steps[position];
  const shown = useRef(step?.key);
  const { target } = filling;
  const walk = filling.form['x-sections'] ?? 'steps';

  useEffect(() => {
    if (target) host.scrollTo(anchorOf(target.path), 'middle');
    else if (shown.current !== step?.key) host.scrollTo(TOP, 'top');
    shown.current = step?.key;
  }, [target, step?.key]);

  if (!step) return <View className="fx-nothing">这张表没有需要您填写的内容</View>;
  const drawn = walk === 'page' ? filling.steps : [step];
  return (
    <FormProvider form={filling.model}>
      <View className={`fx fx--${walk}`} id={TOP}>
        {walk === 'page' ? null : <StepRail />}
        {drawn.map((each) => (
          <View key={each.key}>
            <StepHead step={each} aside={asideOf(walk, each, position, filling.steps.length)} />
            <StepBody step={each} schema={schema} />
          </View>
        ))}
        {walk === 'steps' ? <StepTurns position={position} /> : null}
      </View>
    </FormProvider>
  );
});

/** How far one is: which step of how many, or what a part of the page still lacks. */
function asideOf(walk: 'steps' | 'tabs' | 'page', { missing }: Step, position: number, count: number): string {
  if (count < 2 || walk === 'tabs') return '';
  if (walk === 'steps') return `第 ${position + 1} 步，共 ${count} 步`;
  return missing > 0 ? `还有 ${missing} 项` : '已填好';
}

function StepHead({ step, aside }: { step: Step; aside: string }) {
  return (
    <>
      <View className="fx-step-head">
        <Text className="fx-step-head__title">{step.title}</Text>
        {aside ? <Text className="fx-step-head__place">{aside}</Text> : null}
      </View>
      {step.description ? <View className="fx-step-head__hint">{step.description}</View> : null}
    </>
  );
}

/** Drawn once per step: what changes inside, the fields watch for themselves. */
function StepBody({ step, schema }: { step: Step; schema: ReturnType<typeof toFormily> }) {
  const names = Object.keys(step.properties).join(' ');
  const part = useMemo(() => partOf(schema, names.split(' ')), [schema, names]);
  return useMemo(() => <SchemaField schema={part} />, [part]);
}

function partOf(schema: ReturnType<typeof toFormily>, names: string[]): Schema {
  const all = schema.properties as Record<string, object> | undefined;
  return new Schema({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, all?.[name] ?? {}])),
  });
}

const StepTurns = observer(function StepTurns({ position }: { position: number }) {
  const filling = useFilling();
  const before = filling.steps[position - 1];
  const after = filling.steps[position + 1];
  if (!before && !after) return null;
  return (
    <View className="fx-turns">
      {before ? (
        <Tap className="fx-button" onTap={() => filling.goTo(before.key)}>
          <Text>上一步</Text>
        </Tap>
      ) : null}
      {after ? (
        <Tap className="fx-button fx-button--tinted" onTap={() => filling.goTo(after.key)}>
          <Text>下一步：{after.title}</Text>
        </Tap>
      ) : null}
    </View>
  );
});
