import { View } from '@tarojs/components';
import { useMemo } from 'react';
import type { CaseForm } from '../api/types.ts';
import { uploadsFor } from '../api/uploads.ts';
import { FormView } from '../fields/index.ts';
import { contextOf } from '../work.ts';
import type { OpenCase } from '../work.ts';
import './FiledForm.css';

interface Props {
  open: OpenCase;
  form: CaseForm;
  /** Every section open, as on paper. */
  unfolded: boolean;
}

/** One form of the case as it was handed in. */
export function FiledForm({ open, form, unfolded }: Props) {
  const schema = open.forms[form.key];
  const uploads = useMemo(() => uploadsFor(open.view.id), [open.view.id]);
  if (!schema) return null;
  return (
    <View className="filed">
      <View className="filed-title" role="heading" aria-level={2}>
        {form.title}
      </View>
      <FormView
        form={schema}
        data={form.data}
        ctx={contextOf(open, form)}
        mode="read"
        unfolded={unfolded}
        uploads={uploads}
        carried={form.carried}
        units={open.words.units}
      />
    </View>
  );
}
