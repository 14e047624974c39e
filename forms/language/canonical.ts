/**
 * The one text of a JSON value: members sorted by code unit, no spaces, `undefined` members left out. Hashes of bundles
 * are taken over it; it is the same text the database's hashes are taken over.
 */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return scalarText(value);
  const members = value as { readonly [name: string]: unknown };
  const texts = Object.keys(members)
    .filter((name) => members[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(members[name])}`);
  return `{${texts.join(',')}}`;
}

function scalarText(value: unknown): string {
  const isJson = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isJson) throw new TypeError(`Not a JSON value: ${typeof value}`);
  return JSON.stringify(value);
}
