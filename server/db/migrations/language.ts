import { json, optional, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** What the form language came to need: cascades, working days, what was carried over, what may be referred to. */
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
    '0063-record-sources',
    'record_sources',
    { key: word(), title: word(100), formKey: optional(word()), labels: json(), scope: word(16) },
    { key: ['key'] },
  ),
];
