/** What the plan page says of its lines. */
import { formatMoney } from '../../../../forms/language/format.ts';
import type { PlanCandidate, PlanLine } from '../../api/types.ts';

export const TITLE = '年度计划（草案）';

/** What a line and a candidate have in common. */
export type Project = PlanCandidate;

/** `3 项，合计 1234.56 万元` */
export function sumText(projects: Pick<Project, 'amount'>[]): string {
  return `${projects.length} 项，合计 ${formatMoney(totalOf(projects))} 万元`;
}

/** Fen. */
export function totalOf(projects: Pick<Project, 'amount'>[]): number {
  return projects.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}

/** What still waits for somebody stands before what is decided. */
const ORDER = ['退回修改', '会审中'];
const ENDED = ['初审通过', '未通过', '已撤销'];

/** Where a line that was sent stands, in the words of the office. */
export function standingOf({ state, outcome, stepTitle, asked }: PlanLine): string {
  if (state === 'ended') return outcome === 'approved' ? '初审通过' : outcome === 'rejected' ? '未通过' : '已撤销';
  if (state === 'returned') return '退回修改';
  return asked > 1 ? '会审中' : (stepTitle ?? '办理中');
}

/** The lines that were sent, by where they stand. */
export function groupsOf(lines: PlanLine[]): { title: string; lines: PlanLine[] }[] {
  const groups = new Map<string, PlanLine[]>();
  for (const line of lines) groups.set(standingOf(line), [...(groups.get(standingOf(line)) ?? []), line]);
  const place = (title: string) => {
    if (ORDER.includes(title)) return ORDER.indexOf(title);
    return ENDED.includes(title) ? ORDER.length + 1 + ENDED.indexOf(title) : ORDER.length;
  };
  return [...groups]
    .map(([title, found]) => ({ title, lines: found }))
    .sort((one, other) => place(one.title) - place(other.title));
}
