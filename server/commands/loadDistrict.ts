import { nextCounter } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { CATALOGUE } from '../db/published.ts';
import { inTransaction } from '../db/transaction.ts';
import type { District } from './publishing/district.ts';
import { mistakesIn } from './publishing/inspect.ts';
import { fillDictionaries, keepCalendar, keepSources, organise, seatDemoPeople } from './publishing/organise.ts';
import { publishVersions } from './publishing/publish.ts';

/**
 * Brings the database up to what is written in `forms/`: units, seats, dictionaries, and a new version of every form,
 * flow and stage whose text changed. Bad data is refused as a whole. Returns what was published; `onKept` hears the keys of
 * forms whose file changed while an administrator had published their own: those were left alone.
 */
export async function loadDistrict(
  db: Db,
  district: District,
  { demo, onKept }: { demo: boolean; onKept?: (formKeys: string[]) => void },
  now: number,
): Promise<string[]> {
  const mistakes = mistakesIn(district);
  if (mistakes.length > 0) throw new Error(`the district cannot be published:\n${mistakes.join('\n')}`);
  const { published, kept } = await inTransaction(db, async (tx) => {
    // Two processes that start at once take turns.
    await nextCounter(tx, CATALOGUE);
    await organise(tx, district, now);
    await fillDictionaries(tx, district, now);
    await keepCalendar(tx, district);
    await keepSources(tx, district);
    if (demo) await seatDemoPeople(tx, district, now);
    return publishVersions(tx, district, now);
  });
  if (kept.length > 0) onKept?.(kept);
  return published;
}
