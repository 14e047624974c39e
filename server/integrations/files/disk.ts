/** Attachments in a folder of this machine, for a trial and for a single server. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStore } from './store.ts';

const ID = /^[0-9a-f-]{36}$/;

/** Stores under `<folder>/<last two of the id>/<id>`; names chosen by people never become paths. */
export const diskStore = (folder: string): FileStore => {
  const place = (id: string): string => {
    if (!ID.test(id)) throw new Error('Not a file id');
    // UUID v7 begins with the time: its end spreads evenly.
    return path.join(folder, id.slice(-2), id);
  };
  return {
    async write(id, source) {
      const target = place(id);
      const partial = `${target}.partial`;
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      try {
        await pipeline(source, createWriteStream(partial, { mode: 0o600, flush: true }));
        await rename(partial, target);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async read(id) {
      const handle = await open(place(id), 'r');
      return handle.createReadStream();
    },
    remove: (id) => rm(place(id), { force: true }),
  };
};
