import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Form } from '../../../forms/language/dialect.ts';
import { id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

export type RehearsalStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** What a rehearsal found. No value that anybody filled in is in it. */
export interface RehearsalReport {
  /** Submissions that break only where they break their own version too: not the draft's doing, and not counted as broken. */
  brokenBefore: number;
  /** How many submissions break at a field or column, and how. */
  places: { path: string; title: string; code: string; count: number }[];
  /** The first that break, newest first. */
  cases: { caseId: string; docNo: string | null; path: string; code: string }[];
}

/** One run of a draft against what was handed in, done by a worker that leases it. */
class Rehearsal extends Model<InferAttributes<Rehearsal>, InferCreationAttributes<Rehearsal>> {
  declare id: string;
  declare formKey: string;
  /** Hash of `body`: whether the draft is still the one that was rehearsed. */
  declare draftHash: string;
  declare body: Form;
  declare personId: string;
  declare createdAt: number;
  declare status: RehearsalStatus;
  /** The newest so many submissions; null for all of them. */
  declare sample: number | null;
  declare total: number;
  declare done: number;
  declare broken: number;
  declare report: RehearsalReport | null;
  /** How often it was claimed; also the fencing token of the current lease. */
  declare attempts: number;
  /** A worker may take it from then on: at once where it is queued, else when its worker has died. */
  declare leaseUntil: number;
  declare endedAt: number | null;
  declare lastError: string | null;
}

export const rehearsals = table(
  Rehearsal,
  'rehearsals',
  {
    id: id(),
    formKey: word(),
    draftHash: word(),
    body: json<Form>(),
    personId: id(),
    createdAt: instant(),
    status: word(16),
    sample: optional(whole()),
    total: whole(),
    done: whole(),
    broken: whole(),
    report: optional(json<RehearsalReport>()),
    attempts: whole(),
    leaseUntil: instant(),
    endedAt: optional(instant()),
    lastError: optional(prose()),
  },
  ['id'],
);

export type RehearsalRow = RowOf<typeof rehearsals>;
