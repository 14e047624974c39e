/** The other end of `RehearsalThread`: judges batches, one after the other, beside the thread that serves people. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Form } from '../../../forms/language/dialect.ts';
import { judgePast } from './judge.ts';
import type { Batch, Order } from './thread.ts';

const { draft, dictionaries } = workerData as Order;
const versions = new Map<string, Form>();

parentPort?.on('message', ({ past, newVersions }: Batch) => {
  for (const { id, form } of newVersions) versions.set(id, form);
  parentPort?.postMessage(judgePast(draft, versions, past, dictionaries));
});
