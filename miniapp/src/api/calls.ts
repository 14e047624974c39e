/** The API, one function per address; screens call these and nothing else. */
import type { Data, Form } from '../../../forms/language/dialect.ts';
import { get, post, postOnce, put, remove } from './client.ts';
import type {
  ActBody,
  Article,
  Articles,
  CaseRows,
  CaseView,
  DictionariesView,
  DistrictView,
  DraftBody,
  DraftSaved,
  FormVersion,
  Login,
  Me,
  Messages,
  PlanView,
  PlanYears,
  Personas,
  References,
  Screening,
} from './types.ts';

export interface Found {
  id: string;
  label: string;
  note: string;
}

export type Box = 'todo' | 'done' | 'mine';

export const personas = () => get<Personas>('/demo/personas');
export const demoLogin = (login: string) => post<Login>('/demo/login', { login });
export const endSession = () => remove('/session');
export const me = () => get<Me>('/me');

export const district = remember(() => get<DistrictView>('/district'));
export const articles = remember(async (): Promise<Article[]> => (await get<Articles>('/policy/articles')).articles);
export const dictionaries = remember(() => get<DictionariesView>('/dictionaries'));

/** A published form never changes, so one answer serves until the app is closed. */
const forms = new Map<string, Promise<Form>>();
export function formOf(versionId: string): Promise<Form> {
  const known = forms.get(versionId);
  if (known) return known;
  const asked = get<FormVersion>(`/forms/${versionId}`).then((version) => version.form);
  forms.set(versionId, asked);
  asked.catch(() => forms.delete(versionId));
  return asked;
}

export const list = (box: Box, cursor?: string) =>
  box === 'mine'
    ? get<CaseRows>('/cases', { box, cursor, limit: 20 })
    : get<CaseRows>('/tasks', { box, cursor, limit: 20 });

/** What may be named in this case. */
export const references = async (caseId: string, source: string, q: string): Promise<Found[]> => {
  const { items } = await get<References>(`/references/${source}`, { q, case: caseId });
  return items.map(({ id, label, note }) => ({ id, label, note: note ?? '' }));
};

export const messages = (cursor?: string) => get<Messages>('/messages', { cursor });
export const markRead = (id: string) => post<void>(`/messages/${id}/read`);

export const screen = (secret: boolean) => postOnce<Screening>('/screenings', { secret });
export const caseOf = (id: string) => get<CaseView>(`/cases/${id}`);
export const saveDraft = (id: string, draft: DraftBody) => put<DraftSaved>(`/cases/${id}/draft`, draft);
export const submit = (id: string, version: number, filled: Record<string, Data>) =>
  postOnce<CaseView>(`/cases/${id}/submit`, { version, forms: filled });
export const act = (task: string, body: ActBody) => postOnce<CaseView>(`/tasks/${task}/act`, body);
export const withdraw = (id: string, version: number, reason: string) =>
  postOnce<CaseView>(`/cases/${id}/withdraw`, { version, reason });

export const planYears = () => get<PlanYears>('/plans');
export const planOf = (year: number) => get<PlanView>(`/plans/${year}`);
export const compilePlan = (year: number, version: number, projects: string[]) =>
  put<PlanView>(`/plans/${year}`, { version, projects });
export const sendPlan = (year: number, version: number) => postOnce<PlanView>(`/plans/${year}/send`, { version });

/** Asks once and keeps the answer; a failure is asked again. */
function remember<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}
