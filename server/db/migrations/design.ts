import { id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** Forms as administrators change them: what is being written, what was published or retired and why, and rehearsals. */
export const design: Migration[] = [
  createTable(
    '0050-form-drafts',
    'form_drafts',
    {
      id: id(),
      formKey: word(),
      title: word(200),
      body: json(),
      baseVersionId: optional(id()),
      version: whole(),
      savedBy: id(),
      savedAt: instant(),
    },
    {
      key: ['id'],
      unique: [['formKey']],
      references: { baseVersionId: 'form_versions', savedBy: 'people' },
    },
  ),
  createTable(
    '0051-form-retirements',
    'form_retirements',
    { formVersionId: id(), personId: id(), reason: prose(), at: instant() },
    { key: ['formVersionId'], references: { formVersionId: 'form_versions', personId: 'people' } },
  ),
  createTable(
    '0052-form-log',
    'form_log',
    {
      id: id(),
      formKey: word(),
      formVersionId: id(),
      action: word(16),
      personId: optional(id()),
      reason: optional(prose()),
      at: instant(),
    },
    {
      key: ['id'],
      index: [['formKey', 'at']],
      references: { formVersionId: 'form_versions', personId: 'people' },
    },
  ),
  createTable(
    '0053-form-files',
    'form_files',
    { formKey: word(), hash: word(), readAt: instant() },
    { key: ['formKey'] },
  ),
  createTable(
    '0054-rehearsals',
    'rehearsals',
    {
      id: id(),
      formKey: word(),
      draftHash: word(),
      body: json(),
      personId: id(),
      createdAt: instant(),
      status: word(16),
      sample: optional(whole()),
      total: whole(),
      done: whole(),
      broken: whole(),
      report: optional(json()),
      attempts: whole(),
      leaseUntil: instant(),
      endedAt: optional(instant()),
      lastError: optional(prose()),
    },
    {
      key: ['id'],
      index: [
        ['status', 'leaseUntil'],
        ['formKey', 'createdAt'],
      ],
      references: { personId: 'people' },
    },
  ),
  // A rehearsal reads the submissions of one form, the newest first.
  {
    name: '0055-submissions-by-form',
    sqlite: ['CREATE INDEX submissions_form_key_id ON submissions (form_key, id)'],
    mysql: 'ALTER TABLE submissions ADD INDEX /*M! IF NOT EXISTS */ submissions_form_key_id (form_key, id)',
  },
];
