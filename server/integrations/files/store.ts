/** Where the bytes of attachments live. What they are called and who may read them is kept in the database. */
import type { Readable } from 'node:stream';

/** The contract: local disk here, an object store in production. A file is written once and never changed. */
export interface FileStore {
  /** Keeps all of `source` under `id`, or, when it fails half-way, nothing. */
  write(id: string, source: Readable): Promise<void>;
  /** Rejects when there is no such file. */
  read(id: string): Promise<Readable>;
  /** Removing what is not there is no error. */
  remove(id: string): Promise<void>;
}
