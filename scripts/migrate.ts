/** `npm run migrate`: brings the schema of DATABASE_URL up to date. The program does so itself at its start. */
import { connect } from '../server/db/connection.ts';
import { migrate } from '../server/db/migrate.ts';
import { readEnv } from '../server/env.ts';

const db = connect(readEnv().databaseUrl);
try {
  const done = await migrate(db, { now: Date.now, log: (name) => console.log(`  ${name}`) });
  console.log(done.length === 0 ? '数据库已是最新，无需升级。' : `数据库已升级：共 ${done.length} 步。`);
} finally {
  await db.close();
}
