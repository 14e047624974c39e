import type { Data, Env, Form } from '../../../forms/language/dialect.ts';
import { fieldsOf } from '../../../forms/language/submission.ts';
import type { Reader } from '../../db/handle.ts';
import { select } from '../../db/sql.ts';
import { people, submissions, units, type PersonRow, type SubmissionRow, type UnitRow } from '../../db/tables.ts';
import { initialState } from '../../flow/engine.ts';
import type { Decision } from '../../flow/model.ts';
import { envFor } from '../../lifecycle/facts.ts';

/** One submission as it was handed in: what was filled in, and what rules could read on that day. */
export interface PastSubmission {
  caseId: string;
  docNo: string | null;
  versionId: string;
  data: Data;
  /** What the other forms of the case held then, for rows taken from them. */
  others: Record<string, Data>;
  env: Env;
}

interface Circumstances {
  id: string;
  docNo: string | null;
  unitId: string;
  initiatorId: string;
  /** Of the task it was handed in with; null for what began a case. */
  kind: string | null;
  step: string | null;
  round: number | null;
  decision: Decision | null;
}

/** Reads what was handed in for one form, the newest first, a batch at a time. People and units are read once. */
export class Past {
  readonly #reader: Reader;
  readonly #formKey: string;
  readonly #people = new Map<string, PersonRow>();
  readonly #units = new Map<string, UnitRow>();
  readonly #sources: string[];
  #after: string | null = null;

  constructor(reader: Reader, draft: Form) {
    this.#reader = reader;
    this.#formKey = draft.key;
    this.#sources = fieldsOf(draft).flatMap(({ field }) => field['x-rows-from']?.form ?? []);
  }

  /** The next submissions, at most `limit`; none when all were read. */
  async next(limit: number): Promise<PastSubmission[]> {
    const rows = await submissions.find(
      this.#reader,
      { formKey: this.#formKey, ...(this.#after === null ? {} : { id: { lt: this.#after } }) },
      { order: [['id', 'desc']], limit },
    );
    this.#after = rows.at(-1)?.id ?? this.#after;
    const around = await this.#circumstances(rows);
    const beside = await this.#beside(rows);
    return rows.flatMap((row) => {
      const found = around.get(row.id);
      if (!found) return [];
      const { caseId, formVersionId: versionId, data } = row;
      return [{ caseId, docNo: found.docNo, versionId, data, others: beside(row), env: this.#envOf(row, found) }];
    });
  }

  async #circumstances(rows: SubmissionRow[]): Promise<Map<string, Circumstances>> {
    if (rows.length === 0) return new Map();
    const found = await select<Circumstances>(
      this.#reader,
      `SELECT s.id AS id, c.doc_no AS docNo, c.unit_id AS unitId, c.initiator_id AS initiatorId,
         t.kind AS kind, t.step AS step, t.round AS round, d.decision AS decision
       FROM submissions s JOIN cases c ON c.id = s.case_id
       LEFT JOIN tasks t ON t.id = s.task_id LEFT JOIN decisions d ON d.task_id = s.task_id
       WHERE s.id IN ($ids)`,
      { ids: rows.map(({ id }) => id) },
    );
    const persons = [...rows.map(({ personId }) => personId), ...found.map(({ initiatorId }) => initiatorId)];
    await fetchInto(this.#people, persons, (id) => people.find(this.#reader, { id }));
    await fetchInto(
      this.#units,
      found.map(({ unitId }) => unitId),
      (id) => units.find(this.#reader, { id }),
    );
    return new Map(found.map((one) => [one.id, one]));
  }

  /** What the source forms of these cases held at a submission's time. */
  async #beside(rows: SubmissionRow[]): Promise<(row: SubmissionRow) => Record<string, Data>> {
    if (this.#sources.length === 0 || rows.length === 0) return () => ({});
    const caseIds = [...new Set(rows.map(({ caseId }) => caseId))];
    const found = await submissions.find(
      this.#reader,
      { caseId: caseIds, formKey: this.#sources },
      { order: [['revision', 'asc']] },
    );
    return ({ caseId, createdAt }) =>
      Object.fromEntries(
        found
          .filter((one) => one.caseId === caseId && one.createdAt <= createdAt)
          .map(({ formKey, data }) => [formKey, data]),
      );
  }

  #envOf(row: SubmissionRow, { kind, step, round, decision, unitId, initiatorId }: Circumstances): Env {
    const [unit, initiator, actor] = [
      this.#units.get(unitId),
      this.#people.get(initiatorId),
      this.#people.get(row.personId),
    ];
    if (!unit || !initiator || !actor) throw new Error(`the submission ${row.id} names nobody`);
    const begun = initialState();
    const flowState =
      round === null
        ? begun
        : kind === 'revise'
          ? { ...begun, state: 'returned' as const, round, at: 'initiator' }
          : { ...begun, state: 'running' as const, round, at: step };
    // What the project and its earlier forms knew then is not kept; rules that read them judge as if nothing was known.
    const project = { no: null, title: null, planYear: null, totalInvest: null };
    const beyond = { project, earlier: {}, workdays: null, stage: { filledBy: '' }, seats: [] };
    const standing = { row: { initiatorId, unitId, flowState }, unit, initiator, ...beyond };
    return envFor(standing, actor, row.createdAt, decision);
  }
}

async function fetchInto<Row extends { id: string }>(
  known: Map<string, Row>,
  ids: string[],
  read: (ids: string[]) => Promise<Row[]>,
): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  if (missing.length > 0) for (const row of await read(missing)) known.set(row.id, row);
}
