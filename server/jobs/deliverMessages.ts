import { claimMessages, completeMessage, type Claim, type Settled } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Channel } from '../integrations/channel.ts';
import type { Logger } from '../log.ts';

export interface DeliveryDeps {
  db: Db;
  channels: Channel[];
  log: Logger;
}

/** Longer than any delivery may take; a worker that died gives its messages back after this. */
const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 5_000;

/**
 * Delivers what is due and returns how many messages reached their channel. A message that could not be delivered
 * is tried again after 5, 10, 20 … seconds and given up, loudly, after the eighth time.
 */
export async function deliverMessages(deps: DeliveryDeps, now: number, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0;
  let delivered = 0;
  for (const claim of await claimMessages(deps.db, now, LEASE_MS)) {
    // Asked to stop: what is still leased comes due again by itself.
    if (signal.aborted) break;
    const settled = await attempt(deps, claim, now, signal);
    const kept = await inTransaction(deps.db, (tx) => completeMessage(tx, claim, settled));
    if (kept && settled.status === 'delivered') delivered += 1;
  }
  return delivered;
}

async function attempt(
  { channels, log }: DeliveryDeps,
  claim: Claim,
  now: number,
  signal: AbortSignal,
): Promise<Settled> {
  const { id, personId, kind, payload, caseId, createdAt, attempts } = claim;
  try {
    const channel = channels.find(({ name }) => name === claim.channel);
    if (!channel) throw new Error(`there is no channel "${claim.channel}"`);
    const [title, text] = [textIn(payload, 'title'), textIn(payload, 'text')];
    await channel.deliver({ id, personId, kind, title, text, caseId, createdAt }, signal);
    return { status: 'delivered', at: now };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const givenUp = attempts >= MOST_ATTEMPTS;
    log[givenUp ? 'error' : 'warn']({ err: error, messageId: id, channel: claim.channel, attempts }, '消息未送达');
    return givenUp
      ? { status: 'dead', error: message }
      : { status: 'pending', runAt: now + FIRST_PAUSE_MS * 2 ** (attempts - 1), error: message };
  }
}

function textIn(payload: Claim['payload'], key: string): string {
  const found = payload[key];
  return typeof found === 'string' ? found : '';
}
