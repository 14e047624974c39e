import { createForm, onFormValuesChange } from '@formily/core';
import type { Form as FormilyForm } from '@formily/core';
import { batch, define, observable, toJS } from '@formily/reactive';
import type { Data, Field, Form, Json, Problem } from '../../../forms/language/dialect.ts';
import { redact } from '../../../forms/language/merge.ts';
import { rowsOf } from '../../../forms/language/outline.ts';
import { problems as judge } from '../../../forms/language/problems.ts';
import { compute, hasGivenRows, prune, settle, startingRow, stateIn } from '../../../forms/language/states.ts';
import type { FillContext } from '../../../forms/language/states.ts';
import { ProblemBook } from './ProblemBook.ts';
import { fieldIndex, templatePath } from './questions.ts';
import { looksSame, stepsOf } from './steps.ts';
import type { Step } from './steps.ts';

/** The form is judged at most this often while somebody types; short enough that sums seem to follow the finger. */
const SETTLE_MS = 120;
/** Sentences appear after the tap that left the field has landed: they push down what is being tapped. */
const LEAVE_MS = 250;

/**
 * One person filling in one form: the Formily model, what the language says about it (computed values, problems,
 * visible steps) and where the person is. Judged shortly after a change, whatever is on screen.
 */
export class Filling {
  readonly form: Form;
  readonly ctx: FillContext;
  readonly model: FormilyForm;
  readonly problems = new ProblemBook();
  /** The answers this began with. */
  readonly start: Data;
  steps: Step[] = [];
  step = '';
  row: { table: string; index: number } | null = null;
  /** Where to scroll once it is on screen; a new object each time, so that asking twice scrolls twice. */
  target: { path: string } | null = null;
  private readonly fields: Map<string, Field>;
  private data: Data = {};
  private emitted = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private leaving: ReturnType<typeof setTimeout> | undefined;
  private left: string[] = [];
  private listener: ((data: Data) => void) | undefined;

  constructor(form: Form, data: Data, ctx: FillContext) {
    this.form = form;
    this.ctx = ctx;
    this.start = data;
    this.fields = fieldIndex(form);
    define(this, { steps: observable.ref, step: observable.ref, row: observable.ref, target: observable.ref });
    this.model = createForm({
      values: copyOf(data),
      effects: () => {
        onFormValuesChange(() => {
          this.timer ??= setTimeout(() => this.judge(), SETTLE_MS);
        });
      },
    });
    this.judge();
    this.step = this.firstToFill()?.key ?? '';
    this.emitted = JSON.stringify(this.data);
  }

  /** Whoever fills in a part of a form begins there; what others filled in is read by going back. */
  private firstToFill(): Step | undefined {
    const settled = settle(this.form, this.data, this.ctx.env);
    const opens = (key: string) => stateIn(this.form, settled, key, this.ctx).editable;
    return this.steps.find((step) => step.keys.some(opens)) ?? this.steps[0];
  }

  /** Called with the new data each time it has really changed. */
  listen(listener: ((data: Data) => void) | undefined): void {
    this.listener = listener;
  }

  /** The last keystrokes are still handed on; nothing happens afterwards. */
  dispose(): void {
    if (this.timer !== undefined) this.judge();
    clearTimeout(this.leaving);
    this.listener = undefined;
  }

  /** The answers as they would be saved now: computed values filled, hidden and empty ones absent. */
  values(): Data {
    this.judge();
    return this.data;
  }

  /** Everything wrong now; from here on the screen shows it too. */
  check(): Problem[] {
    this.problems.demand();
    this.judge();
    return this.problems.all();
  }

  /** Problems the server found; each is shown until its field is changed. */
  refuse(problems: Problem[]): void {
    this.problems.refuse(problems);
    this.judge();
  }

  fieldAt(path: string): Field | undefined {
    return this.fields.get(templatePath(path));
  }

  /** The person has moved on from this field: from now on its mistakes are shown. */
  leave(path: string): void {
    this.left.push(path);
    this.leaving ??= setTimeout(() => {
      this.leaving = undefined;
      this.judge();
      this.problems.touch(this.left.splice(0));
    }, LEAVE_MS);
  }

  /** What a row added to this table starts with. */
  newRow(table: string): Data {
    const field = this.fields.get(table);
    return field ? startingRow(field, this.ctx.env) : {};
  }

  goTo(step: string): void {
    this.step = step;
    this.row = null;
    this.target = null;
  }

  /** Position among the visible steps. */
  position(): number {
    const index = this.steps.findIndex((step) => step.key === this.step);
    return Math.max(0, index);
  }

  openRow(table: string, index: number): void {
    this.row = { table, index };
  }

  /** Opens a row that has just been added. */
  openNewRow(table: string, index: number): void {
    this.problems.spare(`${table}.${index}`);
    this.openRow(table, index);
  }

  closeRow(): void {
    this.problems.spare(null);
    if (this.row) this.leave(`${this.row.table}.${this.row.index}`);
    this.row = null;
  }

  /** Opens the step (and the table row) that holds this path and asks the screen to scroll there. */
  jumpTo(path: string): void {
    const [key = '', index = ''] = path.split('.');
    const table = this.fields.get(key);
    const given = table !== undefined && hasGivenRows(table);
    const inRow = /^\d+$/.test(index);
    const step = this.steps.find((each) => each.keys.includes(key));
    batch(() => {
      if (step) this.step = step.key;
      this.row = inRow && !given ? { table: key, index: Number(index) } : null;
      this.target = { path: inRow ? path : key };
    });
  }

  private judge(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const typed = toJS(this.model.values) as Data;
    const computed = compute(this.form, typed, this.ctx);
    const before = this.data;
    batch(() => {
      this.write(typed, computed);
      // Computing puts given rows into every table, also into those of departments this person does not see.
      this.data = redact(this.form, prune(this.form, computed, this.ctx), this.ctx.rights);
      this.problems.update(judge(this.form, this.data, this.ctx), before, this.data);
      const steps = stepsOf(this.form, settle(this.form, this.data, this.ctx.env), this.ctx, this.problems.byPath);
      if (!looksSame(steps, this.steps)) this.steps = steps;
    });
    const text = JSON.stringify(this.data);
    if (text === this.emitted) return;
    this.emitted = text;
    this.listener?.(this.data);
  }

  /** Writes computed values into the model where they differ, so that the fields on screen show them. */
  private write(typed: Data, computed: Data): void {
    for (const [template, field] of this.fields) {
      if (field['x-value'] === undefined) continue;
      const [key = '', column] = template.split('.');
      if (column === undefined) this.put(key, typed[key], computed[key]);
      else {
        const before = rowsOf(typed[key]);
        rowsOf(computed[key]).forEach((row, at) =>
          this.put(`${key}.${at}.${column}`, before[at]?.[column], row[column]),
        );
      }
    }
  }

  private put(path: string, before: Json | undefined, after: Json | undefined): void {
    if (JSON.stringify(before) !== JSON.stringify(after)) this.model.setValuesIn(path, after);
  }
}

/** Formily makes what it is given observable; the caller's data must stay plain. */
function copyOf(data: Data): Data {
  return JSON.parse(JSON.stringify(data)) as Data;
}
