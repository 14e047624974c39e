import { id, instant, json, whole, word } from '../columns.ts';
import { createTable, type Migration } from './migration.ts';

/** What is published and frozen: forms, flows and stages by version. */
export const published: Migration[] = [
  createTable(
    '0010-form-versions',
    'form_versions',
    { id: id(), formKey: word(), version: whole(), hash: word(), body: json(), publishedAt: instant() },
    { key: ['id'], unique: [['formKey', 'version']] },
  ),
  createTable(
    '0011-flow-versions',
    'flow_versions',
    { id: id(), flowKey: word(), version: whole(), hash: word(), body: json(), publishedAt: instant() },
    { key: ['id'], unique: [['flowKey', 'version']] },
  ),
  createTable(
    '0012-stage-versions',
    'stage_versions',
    { id: id(), stageKey: word(), version: whole(), hash: word(), body: json(), publishedAt: instant() },
    { key: ['id'], unique: [['stageKey', 'version']] },
  ),
];
