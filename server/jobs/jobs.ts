import { inboxChannel } from '../integrations/inbox.ts';
import type { Db } from '../db/connection.ts';
import type { FileStore } from '../integrations/files/store.ts';
import type { Logger } from '../log.ts';
import { cleanExpired } from './cleanExpired.ts';
import { cleanUploads } from './cleanUploads.ts';
import { deliverMessages } from './deliverMessages.ts';
import { rehearseForms } from './rehearseForms.ts';
import type { Job } from './runner.ts';

export interface JobDeps {
  db: Db;
  log: Logger;
  store: FileStore;
  /** Epoch milliseconds, for what outlasts the moment it began at. */
  clock: () => number;
}

/** Everything the worker does, and how often it looks. */
export function allJobs({ db, log, store, clock }: JobDeps): Job[] {
  const channels = [inboxChannel(db)];
  return [
    {
      name: 'deliverMessages',
      everyMs: 1_000,
      run: (now, signal) => deliverMessages({ db, log, channels }, now, signal),
    },
    { name: 'rehearseForms', everyMs: 2_000, run: (now, signal) => rehearseForms({ db, log, clock }, now, signal) },
    { name: 'cleanExpired', everyMs: 3_600_000, run: (now, signal) => cleanExpired({ db }, now, signal) },
    { name: 'cleanUploads', everyMs: 3_600_000, run: (now, signal) => cleanUploads({ db, store }, now, signal) },
  ];
}
