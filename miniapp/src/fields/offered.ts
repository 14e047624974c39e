import { optionsOf } from '../../../forms/language/components.ts';
import type { Dictionaries, Field, Option } from '../../../forms/language/dialect.ts';

/** What is offered, and what was chosen before it was offered no longer: hidden, it could not be taken back. */
export function choicesOf(
  field: Field,
  dictionaries: Dictionaries,
  offered: Option[] | undefined,
  chosen: readonly string[],
): Option[] {
  const all = optionsOf(field, dictionaries) ?? [];
  if (!offered) return all;
  const may = new Set([...offered.map(({ value }) => value), ...chosen]);
  return all.filter(({ value }) => may.has(value));
}
