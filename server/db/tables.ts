/** Every table of the house, by noun. */
export { caseForms, cases, type CaseFormRow, type CaseRow } from './models/case.ts';
export { caseLog, type CaseLogRow } from './models/caseLog.ts';
export {
  formDrafts,
  formFiles,
  formLog,
  formRetirements,
  type FormDraftRow,
  type FormLogRow,
} from './models/design.ts';
export { dictionaryEntries, type DictionaryEntryRow } from './models/dictionary.ts';
export {
  people,
  seatHolders,
  seats,
  units,
  type PersonRow,
  type SeatHolderRow,
  type SeatRow,
  type UnitRow,
} from './models/district.ts';
export { files, type FileRow } from './models/file.ts';
export {
  counters,
  idempotencyKeys,
  secretScreenings,
  type CounterRow,
  type IdempotencyKeyRow,
  type SecretScreeningRow,
} from './models/guard.ts';
export { inboxItems, messages, type InboxItemRow, type MessageRow, type MessageStatus } from './models/message.ts';
export { planLines, plans, type PlanLineRow, type PlanRow } from './models/plan.ts';
export { projects, type ProjectRow } from './models/project.ts';
export { rehearsals, type RehearsalReport, type RehearsalRow, type RehearsalStatus } from './models/rehearsal.ts';
export { sessions, type SessionRow } from './models/session.ts';
export { drafts, submissions, type DraftRow, type SubmissionRow } from './models/submission.ts';
export { decisions, tasks, type DecisionRow, type TaskRow } from './models/task.ts';
export {
  flowVersions,
  formVersions,
  stageVersions,
  type FlowVersionRow,
  type FormVersionRow,
  type StageVersionRow,
} from './models/version.ts';
export { recordSources, type RecordSourceRow } from './models/source.ts';
export { workdayYears, type WorkdayYearRow } from './models/workdays.ts';
