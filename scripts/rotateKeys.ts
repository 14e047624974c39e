/**
 * `npm run rotate-keys`: seals every stored value anew under the first key of the ring. It may be stopped and started
 * again, and runs beside servers that know the new key.
 */
import { connect } from '../server/db/connection.ts';
import { resealAll } from '../server/db/reseal.ts';
import { readEnv } from '../server/env.ts';
import { sealKeysOf } from '../server/secrets.ts';
import { softwareCrypto } from '../server/softwareCrypto.ts';

const env = readEnv();
const ring = await sealKeysOf(env);
const db = connect(env.databaseUrl, { crypto: softwareCrypto(ring) });
try {
  const { rows, changed, left } = await resealAll(db);
  console.log(`现用密钥 ${ring[0]?.id ?? ''}：查看 ${rows} 行，重新加密 ${changed} 行。`);
  for (const [key, count] of left) console.log(`  ${count} 行仍在密钥 ${key} 之下：该密钥已销毁，内容不能再打开。`);
  const spare = ring.slice(1).filter(({ master }) => master !== null);
  if (spare.length > 0) console.log(`  密钥 ${spare.map(({ id }) => id).join('、')} 已不再使用，可在备份过期后销毁。`);
} finally {
  await db.close();
}
