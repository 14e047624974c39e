import { isField } from '@formily/core';
import type { GeneralField } from '@formily/core';
import { observer, useField } from '@formily/react';
import { toJS } from '@formily/reactive';
import { useContext } from 'react';
import type { ComponentType } from 'react';
import type { Json, Option } from '../../../forms/language/dialect.ts';
import { RowQuestionContext, useFilling } from './context.ts';
import type { Answer } from './context.ts';
import { isMust } from './must.ts';
import { ReadValue } from './ReadValue.tsx';

/**
 * Ties a field component to Formily: the component sees a plain `Answer`, and only while it may be answered;
 * otherwise its value is shown as text.
 */
export function asked<T extends Json>(Component: ComponentType<Answer<T>>) {
  return observer(function Asked({ options }: { options?: Option[] }) {
    const model = useField<GeneralField>();
    const filling = useFilling();
    const question = useContext(RowQuestionContext);
    const path = model.path.toString();
    const field = filling.fieldAt(path);
    if (!field || !isField(model)) return null;
    const value = toJS(model.value) as T | undefined;
    if (!model.editable) return <ReadValue field={field} value={value} />;
    return (
      <Component
        field={field}
        path={path}
        label={question ? `${question} ${field.title}` : field.title}
        value={value ?? undefined}
        options={options}
        required={isMust(model)}
        set={(next) => {
          void model.onInput(next ?? emptyOf(field.type));
        }}
        leave={() => filling.leave(path)}
      />
    );
  });
}

/** Formily's own array and object fields must not be handed `undefined`. */
function emptyOf(type: string): Json | undefined {
  return type === 'array' ? [] : undefined;
}
