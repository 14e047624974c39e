/** States in the words of the office, with the colour of what they mean. */
import type { CaseRow, CaseView } from './api/types.ts';
import type { Tone } from './parts/Tag.tsx';

export interface State {
  text: string;
  tone: Tone;
}

const OUTCOMES: Record<string, State> = {
  approved: { text: '已办结', tone: 'pass' },
  rejected: { text: '未通过', tone: 'refuse' },
  withdrawn: { text: '已撤销', tone: 'plain' },
};

/** Ended cases say where the project went, which is what the applicant waits for. */
const PROJECT_STATES: Record<string, State> = {
  declared: { text: '已申报', tone: 'pass' },
  preliminary: { text: '已受理', tone: 'pass' },
  reserved: { text: '初审通过', tone: 'pass' },
  closedNotApplicable: { text: '不予受理', tone: 'refuse' },
  rejected: { text: '不同意', tone: 'refuse' },
  withdrawn: { text: '已撤销', tone: 'plain' },
};

const DECISIONS: Record<string, State> = {
  approve: { text: '已同意', tone: 'pass' },
  return: { text: '已退回', tone: 'wait' },
  reject: { text: '不同意', tone: 'refuse' },
  resubmit: { text: '已重新提交', tone: 'primary' },
  nominate: { text: '已指定替代席位', tone: 'primary' },
  submit: { text: '已提交', tone: 'primary' },
};

type Standing = Pick<CaseRow, 'state' | 'outcome' | 'projectState' | 'stepTitle'>;

export function stateOfRow(row: Standing): State {
  if (row.state === 'draft') return { text: '草稿', tone: 'plain' };
  if (row.state === 'returned') return { text: '退回待修改', tone: 'wait' };
  if (row.state === 'running') return { text: row.stepTitle ?? '办理中', tone: 'primary' };
  return endOf(row.outcome, row.projectState);
}

export function stateOfCase(view: CaseView): State {
  return stateOfRow({
    state: view.state,
    outcome: view.outcome,
    projectState: view.project.state,
    stepTitle: view.at?.title ?? null,
  });
}

function endOf(outcome: string | null, projectState: string): State {
  return PROJECT_STATES[projectState] ?? OUTCOMES[outcome ?? ''] ?? { text: '已办结', tone: 'plain' };
}

/** What somebody decided, in the words of the step where it has its own. */
export function decisionOf(decision: string, title?: string): State {
  const { text, tone } = DECISIONS[decision] ?? { text: '已办', tone: 'plain' };
  return { text: title ?? text, tone };
}

/** The longer somebody has been waiting, the warmer the colour. */
export function toneOfDays(days: number): Tone {
  if (days >= 7) return 'refuse';
  return days >= 3 ? 'wait' : 'plain';
}
