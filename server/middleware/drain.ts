import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 80 * 1024 * 1024;
const LONGEST_MS = 10_000;

/**
 * Reads a request to its end without keeping it, so that the sender hears the answer. Gives up on a sender who does
 * not come to an end: then the connection is simply closed.
 */
export const drain = (req: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) done();
    };
    const done = (): void => {
      clearTimeout(timer);
      req.off('data', count);
      for (const event of ENDINGS) req.off(event, done);
      resolve();
    };
    const timer = setTimeout(done, LONGEST_MS);
    timer.unref();
    for (const event of ENDINGS) req.once(event, done);
    req.unpipe();
    req.on('data', count);
    req.resume();
    if (req.complete || req.destroyed) done();
  });

const ENDINGS = ['end', 'close', 'error'] as const;
