/** A case with everything needed to draw its forms. */
import type { Form } from '../../forms/language/dialect.ts';
import type { FillContext } from '../../forms/language/submission.ts';
import * as api from './api/calls.ts';
import type { CaseForm, CaseView, DictionariesView } from './api/types.ts';

export interface OpenCase {
  view: CaseView;
  forms: Record<string, Form>;
  words: DictionariesView;
}

/** Reads a case, the exact form versions it is pinned to, and the dictionaries. */
export async function openCase(id: string): Promise<OpenCase> {
  const [view, words] = await Promise.all([api.caseOf(id), api.dictionaries()]);
  return { view, words, forms: await formsOf(view) };
}

/** The same case after a verb has answered with its new state. */
export async function continued(before: OpenCase, view: CaseView): Promise<OpenCase> {
  return { ...before, view, forms: await formsOf(view) };
}

async function formsOf(view: CaseView): Promise<Record<string, Form>> {
  const pairs = await Promise.all(view.forms.map(async (one) => [one.key, await api.formOf(one.versionId)] as const));
  return Object.fromEntries(pairs);
}

export function contextOf({ view, words }: OpenCase, form: CaseForm): FillContext {
  return { env: view.env, rights: form.rights, dictionaries: words.dictionaries };
}

/** The form this person fills in now: the applicant's while drafting or revising, the step's own while handling. */
export function editableForm(view: CaseView): CaseForm | null {
  return view.forms.find((form) => form.editable) ?? null;
}

/** `区教体局 项目责任人 顾听澜` */
export function holderText(view: CaseView): string {
  return view.holders
    .map(({ unit, seat, names }) => [unit, seat, names.join('、')].filter(Boolean).join(' '))
    .join('；');
}
