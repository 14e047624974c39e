/** Binds what columns can hold and refuses the rest: a quietly changed value is worse than an error. */
function toNative(value: unknown): null | number | bigint | string | Uint8Array {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') {
    // The native library reads text up to the first NUL.
    if (value.includes('\u0000')) throw new TypeError('SQLite text must not contain a NUL character');
    return value;
  }
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') {
    if (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)) return value;
    throw new RangeError(`SQLite value out of range: ${value}`);
  }
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(54, value) === value && Number.isSafeInteger(Number(value))) return value;
    throw new RangeError(`SQLite value out of range: ${value}`);
  }
  if (value instanceof Uint8Array) return value;
  throw new TypeError(
    `SQLite cannot store ${Object.prototype.toString.call(value)}; instants are numbers, JSON is text`,
  );
}

/** Rows come with blobs as bare byte arrays; Sequelize and the rest of Node expect buffers. */
export function fromNative(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  return rows.map((row) => {
    const plain: Record<string, unknown> = { ...row };
    for (const [key, value] of Object.entries(plain)) {
      if (ArrayBuffer.isView(value)) plain[key] = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    return plain;
  });
}

export type Parameters = readonly unknown[] | Record<string, unknown>;

/** SQLite knows `$1` as a name, so a list becomes `{ $1, $2 … }`, which is also what Sequelize sends. */
export function bindings(parameters: Parameters): unknown[] {
  const named = Array.isArray(parameters)
    ? parameters.map((value, index) => [`$${index + 1}`, toNative(value)] as const)
    : Object.entries(parameters).map(([key, value]) => [key, toNative(value)] as const);
  return named.length > 0 ? [Object.fromEntries(named)] : [];
}
