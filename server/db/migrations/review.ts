import { fen, id, instant, json, optional, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** Joint reviews: several seats write one form at the same time, and the annual plan sends projects to them. */
export const review: Migration[] = [
  createTable(
    '0040-task-drafts',
    'task_drafts',
    {
      caseId: id(),
      formKey: word(),
      taskKey: word(),
      personId: id(),
      data: json(),
      version: whole(),
      savedAt: instant(),
    },
    { key: ['caseId', 'formKey', 'taskKey'], references: { caseId: 'cases', personId: 'people' } },
  ),
  {
    name: '0041-move-drafts',
    sqlite: [moved('INSERT OR IGNORE')],
    mysql: moved('INSERT IGNORE'),
  },
  { name: '0042-drop-drafts', sqlite: ['DROP TABLE drafts'], mysql: 'DROP TABLE IF EXISTS drafts' },
  {
    name: '0043-drop-draft-version',
    sqlite: ['ALTER TABLE cases DROP COLUMN draft_version'],
    // MariaDB reads the comment. MySQL 8 has no such words: a process killed between the two would have to be helped.
    mysql: 'ALTER TABLE cases DROP COLUMN /*M! IF EXISTS */ draft_version',
  },
  createTable(
    '0044-plans',
    'plans',
    { id: id(), year: whole(), version: whole(), batches: whole(), createdAt: instant(), updatedAt: instant() },
    { key: ['id'], unique: [['year']] },
  ),
  createTable(
    '0045-plan-lines',
    'plan_lines',
    {
      id: id(),
      planId: id(),
      projectId: id(),
      position: whole(),
      batch: optional(whole()),
      caseId: optional(id()),
      amount: optional(fen()),
    },
    {
      key: ['id'],
      unique: [['projectId']],
      index: [['planId', 'position']],
      references: { planId: 'plans', projectId: 'projects', caseId: 'cases' },
    },
  ),
  // The catalogue says at the next start which seats read everything.
  {
    name: '0046-seats-read-all',
    sqlite: ['ALTER TABLE seats ADD COLUMN reads_all TINYINT NOT NULL DEFAULT 0'],
    mysql: 'ALTER TABLE seats ADD COLUMN /*M! IF NOT EXISTS */ reads_all TINYINT NOT NULL DEFAULT 0',
  },
  {
    name: '0047-files-handed-in',
    sqlite: [
      'ALTER TABLE files ADD COLUMN handed_in TINYINT NOT NULL DEFAULT 0',
      'CREATE INDEX files_handed_in_created_at ON files (handed_in, created_at)',
    ],
    mysql: `ALTER TABLE files ADD COLUMN /*M! IF NOT EXISTS */ handed_in TINYINT NOT NULL DEFAULT 0,
      ADD INDEX /*M! IF NOT EXISTS */ files_handed_in_created_at (handed_in, created_at)`,
  },
  {
    name: '0048-files-of-submissions',
    sqlite: [handedIn("'%' || f.id || '%'")],
    mysql: handedIn("CONCAT('%', f.id, '%')"),
  },
];

/** A file that a form of its project named when it was handed in was handed in with it. */
function handedIn(naming: string): string {
  return `UPDATE files SET handed_in = 1 WHERE id IN (SELECT id FROM (
    SELECT f.id FROM files f JOIN cases home ON home.id = f.case_id
      JOIN cases sibling ON sibling.project_id = home.project_id
      JOIN submissions s ON s.case_id = sibling.id AND s.data LIKE ${naming}) AS named)`;
}

/** A draft begins to belong to the task it is written at; before the first submission there is none yet. */
function moved(insert: string): string {
  return `${insert} INTO task_drafts (case_id, form_key, task_key, person_id, data, version, saved_at)
    SELECT d.case_id, d.form_key,
      COALESCE((SELECT MIN(t.task_key) FROM tasks t WHERE t.case_id = d.case_id AND t.status = 'open'), 'start'),
      d.person_id, d.data, c.draft_version, d.saved_at
    FROM drafts d JOIN cases c ON c.id = d.case_id`;
}
