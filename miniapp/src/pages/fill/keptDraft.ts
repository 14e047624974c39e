import Taro from '@tarojs/taro';
import type { Data } from '../../../../forms/language/dialect.ts';
import { storageKey } from '../../api/token.ts';

/** What could not be sent yet, kept on this phone until the server has it. */
export interface KeptDraft {
  data: Data;
  /** The task it was written at; null before the first submission. */
  task: string | null;
  draftVersion: number;
}

const keyOf = (caseId: string, form: string) => storageKey(`draft.${caseId}.${form}`);

export function keptDraft(caseId: string, form: string): KeptDraft | null {
  const kept = Taro.getStorageSync<KeptDraft | ''>(keyOf(caseId, form));
  return kept ? kept : null;
}

export function keepDraft(caseId: string, form: string, draft: KeptDraft): void {
  Taro.setStorageSync(keyOf(caseId, form), draft);
}

export function dropDraft(caseId: string, form: string): void {
  Taro.removeStorageSync(keyOf(caseId, form));
}
