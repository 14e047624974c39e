import { observer } from '@formily/react';
import { ScrollView, Text, View } from '@tarojs/components';
import { Tap } from '../parts/Tap.tsx';
import { useFilling } from './context.ts';

/** All steps in one line, each with what it still lacks. Stays on top while the form scrolls under it. */
export const StepRail = observer(function StepRail() {
  const filling = useFilling();
  const position = filling.position();
  if (filling.steps.length < 2) return null;
  return (
    <View className={`fx-rail ${process.env.TARO_ENV === 'h5' ? '' : 'fx-rail--under-native-bar'}`}>
      <ScrollView
        className="fx-rail__scroll"
        scrollX
        scrollWithAnimation
        enhanced
        showScrollbar={false}
        scrollIntoView={`step-${Math.max(0, position - 1)}`}
      >
        <View className="fx-rail__steps">
          {filling.steps.map((step, index) => (
            <Tap
              key={step.key}
              id={`step-${index}`}
              role="tab"
              label={step.missing > 0 ? `${step.title}，还有 ${step.missing} 项` : `${step.title}，已填好`}
              className={`fx-step ${index === position ? 'fx-step--here' : ''}`}
              onTap={() => filling.goTo(step.key)}
            >
              <Text className="fx-step__title">{step.title}</Text>
              <Text className={`fx-step__mark ${step.missing > 0 ? 'fx-step__mark--missing' : ''}`}>
                {step.missing > 0 ? step.missing : '✓'}
              </Text>
            </Tap>
          ))}
        </View>
      </ScrollView>
    </View>
  );
});
