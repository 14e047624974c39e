/** One uploaded file, from the wire into the store: judged while it streams, gone without a trace if refused. */
import busboy from 'busboy';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { Refusal } from '../../errors.ts';
import { ALLOWED, agrees, cleanName, HEAD_BYTES, kindOf, secretMark, TAIL_BYTES } from './kinds.ts';
import type { FileStore } from './store.ts';

const MAX_BYTES = 20 * 1024 * 1024;

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
 * first byte of the file (R03-3). Whatever goes wrong, a broken line included, leaves nothing in the store.
 */
export const receive = async (req: IncomingMessage, store: FileStore, id: string): Promise<Received> => {
  const form = parserFor(req);
  const seen: { confirmed: boolean; file: Promise<Received> | null } = { confirmed: false, file: null };

  const parsed = new Promise<void>((resolve, reject) => {
    const aborted = (): void => reject(new Refusal('upload_aborted'));
    req.once('aborted', aborted);
    req.once('error', aborted);
    form.on('field', (name, value) => {
      if (name === 'noSecret') seen.confirmed = value === 'true';
    });
    form.on('file', (_field, stream, { filename }) => {
      if (seen.file) {
        stream.resume();
        return;
      }
      seen.file = seen.confirmed
        ? keep(stream, filename, store, id)
        : refuse(stream, new Refusal('file_not_declared_open'));
      seen.file.catch(reject);
    });
    form.once('error', () => reject(new Refusal('upload_aborted')));
    form.once('close', resolve);
    req.pipe(form);
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
    const limits = { files: 1, fields: 4, parts: 6, fieldSize: 100, fileSize: MAX_BYTES, headerPairs: 20 };
    return busboy({ headers: req.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw new Refusal('unsupported_media_type');
  }
};

const refuse = (stream: Readable, refusal: Refusal): Promise<never> => {
  stream.resume();
  return Promise.reject(refusal);
};

const keep = async (
  stream: Readable & { truncated?: boolean },
  sentName: string | undefined,
  store: FileStore,
  id: string,
): Promise<Received> => {
  const name = cleanName(sentName ?? '');
  const kind = kindOf(name);
  const mark = secretMark(name);
  if (mark !== null) return refuse(stream, new Refusal('file_marked_secret', { keyword: mark }));
  if (name === '') return refuse(stream, new Refusal('file_missing'));
  if (!kind) return refuse(stream, new Refusal('file_type_refused', { allowed: ALLOWED }));

  const gauge = new Gauge();
  stream.once('error', (error) => gauge.destroy(error));
  stream.once('limit', () => gauge.destroy(new Refusal('file_too_large', { limit: '20 MB' })));
  await store.write(id, stream.pipe(gauge));
  if (gauge.size === 0) throw new Refusal('file_empty');
  if (!(await agrees(kind, gauge.head, gauge.tail))) throw new Refusal('file_content_mismatch');
  return { name, size: gauge.size, sha256: gauge.digest(), mime: kind.mime };
};
