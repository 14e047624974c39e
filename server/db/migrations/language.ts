import { flag, id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** What the form language came to need: cascades, working days, what was carried over, what a seat changed, what may be referred to. */
export const language: Migration[] = [
  {
    name: '0060-dictionary-parents',
    sqlite: ['ALTER TABLE dictionary_entries ADD COLUMN parent VARCHAR(64)'],
    mysql: 'ALTER TABLE dictionary_entries ADD COLUMN /*M! IF NOT EXISTS */ parent VARCHAR(64)',
  },
  createTable('0061-workday-years', 'workday_years', { year: whole(), off: json(), worked: json() }, { key: ['year'] }),
  {
    name: '0062-submissions-carried',
    sqlite: ['ALTER TABLE submissions ADD COLUMN carried MEDIUMTEXT'],
    mysql: 'ALTER TABLE submissions ADD COLUMN /*M! IF NOT EXISTS */ carried MEDIUMTEXT',
  },
  createTable(
    '0063-field-changes',
    'field_changes',
    {
      id: id(),
      caseId: id(),
      submissionId: id(),
      formKey: word(),
      path: word(130),
      title: word(200),
      before: optional(json()),
      after: optional(json()),
      masked: flag(),
      reason: optional(prose()),
      personId: id(),
      seatId: optional(id()),
      taskId: id(),
      createdAt: instant(),
    },
    {
      key: ['id'],
      index: [['caseId', 'createdAt']],
      references: { caseId: 'cases', submissionId: 'submissions', personId: 'people' },
    },
  ),
  createTable(
    '0064-record-sources',
    'record_sources',
    { key: word(), title: word(100), formKey: optional(word()), labels: json(), scope: word(16) },
    { key: ['key'] },
  ),
];
