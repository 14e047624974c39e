import { forwardRef, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { ForwardedRef } from 'react';
import type { Data, Form, Problem } from '../../../forms/language/dialect.ts';
import { fieldsOf } from '../../../forms/language/outline.ts';
import type { FillContext } from '../../../forms/language/submission.ts';
import { host } from '../host/index.ts';
import { FillingContext, SurroundingsContext } from './context.ts';
import type { LookUp, Surroundings, UnitName, Uploads } from './context.ts';
import { EditForm } from './EditForm.tsx';
import './fields.scss';
import { Filling } from './filling.ts';
import { anchorOf } from './questions.ts';
import { ReadForm } from './ReadForm.tsx';

export interface FormViewProps {
  /** The pinned form version. A new object starts the form anew, as does a change of `ctx`. */
  form: Form;
  /** In edit mode what the person starts from; later values are the form's own until it starts anew. */
  data: Data;
  ctx: FillContext;
  mode: 'edit' | 'read';
  /** Edit mode: the data after each change, at most once per burst of typing. */
  onChange?: (data: Data) => void;
  /** What the server found. Passing it makes every problem visible, so pass it only after an attempt to submit. */
  problems?: Problem[];
  /** How attachments are sent and opened; without it they are only listed. */
  uploads?: Uploads;
  /** How `Reference` fields search. */
  lookUp?: LookUp;
  /** Read mode: shows every section and every row in full, as for paper. */
  unfolded?: boolean;
  /** Fields that stand as they were carried over, and where from: `unit`, `project` or an earlier form. */
  carried?: Record<string, string>;
  /** The district's units, for the fields that choose one. */
  units: UnitName[];
}

export interface FormViewHandle {
  /** Shows the step, section or table row that holds this path, and scrolls to it. */
  jumpTo: (path: string) => void;
  /** The answers as they would be saved now, the last keystroke included. */
  values: () => Data;
  /** Edit mode: makes every problem visible and returns them. Call it before submitting. */
  check: () => Problem[];
}

const NOTHING: Record<string, string> = {};

/** One form of the dialect, to fill in or to read, drawn from its data alone. */
export const FormView = forwardRef(function FormView(props: FormViewProps, ref: ForwardedRef<FormViewHandle>) {
  const { units, uploads, lookUp, form, carried = NOTHING, unfolded = false } = props;
  const ctx = useSteadyContext(props.ctx, units);
  const surroundings = useMemo<Surroundings>(
    () => ({ dictionaries: ctx.dictionaries, today: ctx.env.today, uploads, lookUp, carried, unfolded }),
    [ctx, uploads, lookUp, carried, unfolded],
  );
  const Mode = props.mode === 'edit' ? Edit : Read;
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <Mode key={useGeneration(form, ctx)} {...props} ctx={ctx} handle={ref} />
    </SurroundingsContext.Provider>
  );
});

type ModeProps = FormViewProps & { handle: ForwardedRef<FormViewHandle> };

function Edit({ form, data, ctx, onChange, problems, handle }: ModeProps) {
  const [filling] = useState(() => new Filling(form, data, ctx));
  const listener = useRef(onChange);
  useEffect(() => {
    listener.current = onChange;
  }, [onChange]);
  useEffect(() => {
    filling.listen((next) => listener.current?.(next));
    return () => filling.dispose();
  }, [filling]);
  useEffect(() => {
    if (problems) filling.refuse(problems);
  }, [filling, problems]);
  useImperativeHandle(handle, () => ({
    jumpTo: (path) => filling.jumpTo(path),
    values: () => filling.values(),
    check: () => filling.check(),
  }));
  return (
    <FillingContext.Provider value={filling}>
      <EditForm />
    </FillingContext.Provider>
  );
}

const NONE: Problem[] = [];

function Read({ form, data, ctx, problems, handle }: ModeProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(firstSection(form)));
  const [target, setTarget] = useState<{ path: string } | null>(null);
  useEffect(() => {
    if (target) host.scrollTo(anchorOf(target.path), 'middle');
  }, [target]);
  useImperativeHandle(handle, () => ({
    jumpTo: (path) => {
      const key = path.split('.')[0] ?? path;
      const section = fieldsOf(form).find((field) => field.key === key)?.section;
      if (section) setOpened((before) => new Set(before).add(section.key));
      setTarget({ path: key });
    },
    values: () => data,
    check: () => problems ?? NONE,
  }));
  return (
    <ReadForm form={form} data={data} ctx={ctx} problems={problems ?? NONE} opened={opened} onOpened={setOpened} />
  );
}

/** A form of one page is read as one page. */
function firstSection(form: Form): string[] {
  if (form['x-sections'] === 'page') return fieldsOf(form).flatMap(({ section }) => (section ? [section.key] : []));
  const key = fieldsOf(form)[0]?.section?.key;
  return key === undefined ? [] : [key];
}

/** The same context object until something in it changes; the page may build a new one at each render. */
function useSteadyContext(ctx: FillContext, units: UnitName[]): FillContext {
  const facts = JSON.stringify([ctx.env, ctx.rights]);
  const { dictionaries } = ctx;
  return useMemo(() => {
    const [env, rights] = JSON.parse(facts) as [FillContext['env'], FillContext['rights']];
    const options = units.map(({ code, name }) => ({ value: code, label: name }));
    return { env, rights, dictionaries: { units: options, ...dictionaries } };
  }, [facts, dictionaries, units]);
}

/** Counts up whenever form or context are others than before, to start the form anew. */
function useGeneration(form: Form, ctx: FillContext): number {
  const last = useRef({ form, ctx, generation: 0 });
  if (last.current.form !== form || last.current.ctx !== ctx) {
    last.current = { form, ctx, generation: last.current.generation + 1 };
  }
  return last.current.generation;
}
