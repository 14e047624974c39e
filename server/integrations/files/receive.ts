/** One uploaded file, from the wire into the store: judged while it streams, gone without a trace if refused. */
import busboy from 'busboy';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { Refusal } from '../../errors.ts';
import { ALLOWED, agrees, HEAD_BYTES, kindOf, TAIL_BYTES } from './kinds.ts';
import { cleanName, nameFromForm, secretMark } from './names.ts';
import type { FileStore } from './store.ts';

const MAX_BYTES = 20 * 1024 * 1024;
/** The two parts of an upload, in this order. */
const CONFIRMATION = 'noSecret';
const FILE = 'file';

export interface Received {
  name: string;
  size: number;
  sha256: string;
  mime: string;
}

/** What passes through: counted, hashed, and remembered at both ends. */
class Gauge extends Transform {
  size = 0;
  head = Buffer.alloc(0);
  tail = Buffer.alloc(0);
  private readonly hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: string, done: (error: Error | null, chunk: Buffer) => void): void {
    this.size += chunk.length;
    this.hash.update(chunk);
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, chunk]).subarray(0, HEAD_BYTES);
    this.tail = Buffer.concat([this.tail, chunk]).subarray(-TAIL_BYTES);
    done(null, chunk);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

/**
 * Takes the one file of a multipart request and keeps it under `id`. The confirmation 确认不涉密 must arrive before the
 * first byte of the file (R03-3); a part beyond these two is refused. Whatever goes wrong, a broken line included,
 * leaves nothing in the store; what is still on its way is read off where the refusal is answered.
 */
export const receive = async (req: IncomingMessage, store: FileStore, id: string): Promise<Received> => {
  const form = parserFor(req);
  const seen: { confirmed: boolean | null; file: Promise<Received> | null } = { confirmed: null, file: null };

  const parsed = new Promise<void>((resolve, reject) => {
    const refuse = (refusal: Refusal): void => reject(refusal);
    const aborted = (): void => refuse(new Refusal('upload_aborted'));
    req.once('aborted', aborted);
    req.once('error', aborted);
    form.on('field', (name, value) => {
      if (name !== CONFIRMATION) refuse(unknown(name));
      else if (seen.confirmed !== null) refuse(new Refusal('invalid_value', { field: '确认不涉密' }));
      else seen.confirmed = value === 'true';
    });
    form.on('file', (part, stream, { filename }) => {
      // A parser that is given up fails its open stream as well; unheard, that would end the process.
      stream.on('error', aborted);
      if (part !== FILE) return refuse(unknown(part));
      if (!seen.confirmed) return refuse(new Refusal('file_not_declared_open'));
      seen.file = keep(stream, filename, store, id);
      seen.file.catch(reject);
    });
    form.once('filesLimit', () => refuse(new Refusal('one_file_only')));
    form.once('fieldsLimit', () => refuse(unknown()));
    form.once('partsLimit', () => refuse(unknown()));
    // Stays for good: a parser that is given up half-way may complain a second time.
    form.on('error', aborted);
    form.once('close', resolve);
    req.pipe(form);
    if (req.destroyed) aborted();
  });

  try {
    await parsed;
    if (!seen.file) throw new Refusal(seen.confirmed ? 'file_missing' : 'file_not_declared_open');
    return await seen.file;
  } catch (error) {
    req.unpipe(form);
    form.destroy();
    // A write still under way fails with the stream; it removes its own half.
    await seen.file?.catch(() => undefined);
    await store.remove(id);
    throw error;
  }
};

const parserFor = (req: IncomingMessage): busboy.Busboy => {
  try {
    // One field, one file; one part more of each sort is let in, to be refused by its name.
    const limits = { files: 1, fields: 2, parts: 3, fieldSize: 100, fileSize: MAX_BYTES, headerPairs: 20 };
    return busboy({ headers: req.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw new Refusal('unsupported_media_type');
  }
};

/** The sender chose the name: only its beginning is repeated. */
const unknown = (name = ''): Refusal => new Refusal('unknown_field', { field: '上传的内容', name: name.slice(0, 40) });

const keep = async (
  stream: Readable,
  sentName: string | undefined,
  store: FileStore,
  id: string,
): Promise<Received> => {
  const called = nameFromForm(sentName ?? '');
  // Judged whole: a mark is one also where the kept name is cut off before it.
  const mark = secretMark(called);
  if (mark !== null) throw new Refusal('file_marked_secret', { keyword: mark });
  const name = cleanName(called);
  if (name === '') throw new Refusal('file_missing');
  const kind = kindOf(name);
  if (!kind) throw new Refusal('file_type_refused', { allowed: ALLOWED });

  const gauge = new Gauge();
  // The store may not be listening yet when the line breaks; it finds the failure on the stream when it begins.
  gauge.on('error', () => stream.unpipe(gauge));
  stream.once('error', (error) => gauge.destroy(error));
  stream.once('limit', () => gauge.destroy(new Refusal('file_too_large', { limit: '20 MB' })));
  await store.write(id, stream.pipe(gauge));
  if (gauge.size === 0) throw new Refusal('file_empty');
  if (!(await agrees(kind, gauge.head, gauge.tail))) throw new Refusal('file_content_mismatch');
  return { name, size: gauge.size, sha256: gauge.digest(), mime: kind.mime };
};
