import { createHash, randomBytes } from 'node:crypto';
import { isSensitive } from '../../forms/language/components.ts';
import type { Data, Form, Json } from '../../forms/language/dialect.ts';
import { columnsOf, fieldsOf } from '../../forms/language/outline.ts';
import type { CryptoProvider, Envelope } from '../crypto.ts';
import { canonical, contentHash } from './json.ts';

/** Where a form's data lies: a sealed value opens in its own case, form and field, and nowhere else. */
export interface DataPlace {
  caseId: string;
  formKey: string;
}

/** Form data as tables keep it: every sensitive value sealed. Only `sealData` and `resealData` make it. */
export type StoredData = Data & { readonly [sealedMark]: true };
declare const sealedMark: unique symbol;

export interface OpenedData {
  data: Data;
  /** Paths (`phone`, `staff.0.phone`) of values whose key was destroyed. */
  lost: string[];
}

/**
 * `h` is SM3 over the salt and the value: what hashes are taken of. The salt is sealed with the value, so that `h` alone
 * tells nothing, and it stays when the value is sealed anew under another key.
 */
type Sealed = Envelope & { h: string };

/** A value where it stands; `name` is the same for every row of a table. */
interface Cell {
  holder: Data;
  key: string;
  path: string;
  name: string;
}

const sensitive = new WeakMap<Form, Set<string>>();

/** The names (`phone`, `staff.phone`) of what this form keeps sealed. */
function sensitiveIn(form: Form): Set<string> {
  let known = sensitive.get(form);
  if (!known) {
    const names = fieldsOf(form).flatMap(({ key, field }) => [
      ...(isSensitive(field) ? [key] : []),
      ...columnsOf(field).flatMap(([column, cell]) => (isSensitive(cell) ? [`${key}.${column}`] : [])),
    ]);
    known = new Set(names);
    sensitive.set(form, known);
  }
  return known;
}

const isObject = (value: Json | undefined): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sealedIn = (value: Json | undefined): Sealed | null =>
  isObject(value) && isObject(value['$sealed']) ? (value['$sealed'] as unknown as Sealed) : null;

/** A copy deep enough for any value of a field or a cell to be replaced. */
function loosened(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map((row) => (isObject(row) ? { ...row } : row)) : value,
    ]),
  );
}

/** Every value of a field, and every cell of a table. */
function cellsOf(data: Data): Cell[] {
  return Object.entries(data).flatMap(([key, value]) => {
    if (!Array.isArray(value)) return [{ holder: data, key, path: key, name: key }];
    return value.flatMap((row, at) =>
      isObject(row)
        ? Object.keys(row).map((column) => ({
            holder: row,
            key: column,
            path: `${key}.${at}.${column}`,
            name: `${key}.${column}`,
          }))
        : [],
    );
  });
}

const boundTo = ({ caseId, formKey }: DataPlace, name: string, h: string): string =>
  `${caseId}/${formKey}/${name}/${h}`;

function commitment(salt: Buffer, value: Json): string {
  return createHash('sm3').update(salt).update(canonical(value)).digest('base64url');
}

/** The data with its sensitive values sealed. They are known by the form, which is the one the case is pinned to. */
export async function sealData(crypto: CryptoProvider, form: Form, place: DataPlace, data: Data): Promise<StoredData> {
  const names = sensitiveIn(form);
  const stored = loosened(data);
  const open = cellsOf(stored).filter(({ holder, key, name }) => names.has(name) && holder[key] !== null);
  const values = open.map(({ holder, key, name }) => {
    const [salt, value] = [randomBytes(16), holder[key] ?? null];
    const h = commitment(salt, value);
    const text = JSON.stringify({ salt: salt.toString('base64url'), value });
    return { text, h, bound: boundTo(place, name, h) };
  });
  const envelopes = values.length > 0 ? await crypto.seal(values) : [];
  open.forEach(({ holder, key }, at) => {
    holder[key] = { $sealed: { ...envelopes[at]!, h: values[at]!.h } };
  });
  return stored as StoredData;
}

/**
 * The data as it was written. What was stored before values were sealed is taken as it stands; what is under a key that
 * was destroyed is null and named among the `lost`. Throws `SealBroken` where a sealed value was tampered with.
 */
export async function openData(crypto: CryptoProvider, place: DataPlace, stored: Data): Promise<OpenedData> {
  if (!cellsOf(stored).some(({ holder, key }) => sealedIn(holder[key]))) return { data: stored, lost: [] };
  const data = loosened(stored);
  const sealed = sealedCells(data);
  const texts = await crypto.open(
    sealed.map((cell) => ({ envelope: cell.seal, bound: boundTo(place, cell.name, cell.seal.h) })),
  );
  const lost: string[] = [];
  sealed.forEach(({ holder, key, path }, at) => {
    const text = texts[at] ?? null;
    if (text === null) lost.push(path);
    holder[key] = text === null ? null : (JSON.parse(text) as { value: Json }).value;
  });
  return { data, lost };
}

function sealedCells(data: Data): (Cell & { seal: Sealed })[] {
  return cellsOf(data).flatMap((cell) => {
    const seal = sealedIn(cell.holder[cell.key]);
    return seal ? [{ ...cell, seal }] : [];
  });
}

/**
 * The same values under the newest key, or null where nothing lies under another. What commits to them stays, and so does
 * every hash; what a destroyed key sealed stays as it is.
 */
export async function resealData(crypto: CryptoProvider, place: DataPlace, stored: Data): Promise<StoredData | null> {
  const data = loosened(stored);
  const old = sealedCells(data).filter(({ seal }) => seal.k !== crypto.newestKey());
  const bound = old.map(({ name, seal }) => boundTo(place, name, seal.h));
  const texts = await crypto.open(old.map(({ seal }, at) => ({ envelope: seal, bound: bound[at]! })));
  const live = old.flatMap((cell, at) => {
    const text = texts[at] ?? null;
    return text === null ? [] : [{ ...cell, text, bound: bound[at]! }];
  });
  if (live.length === 0) return null;
  const envelopes = await crypto.seal(live);
  live.forEach(({ holder, key, seal }, at) => {
    holder[key] = { $sealed: { ...envelopes[at]!, h: seal.h } };
  });
  return data as StoredData;
}

/**
 * The content's hash: taken over what is stored with each sealed value replaced by what commits to it, so that another
 * key, or a destroyed one, breaks no hash.
 */
export function storedHash(stored: Data): string {
  const data = loosened(stored);
  for (const { holder, key, seal } of sealedCells(data)) holder[key] = { $sealed: seal.h };
  return contentHash(data);
}

/** Ids of the keys under which something in here lies. */
export function keysIn(stored: Data): Set<string> {
  return new Set(sealedCells(stored).map(({ seal }) => seal.k));
}
