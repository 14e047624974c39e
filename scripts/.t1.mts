import { connect } from '../server/db/connection.ts';
import { migrate } from '../server/db/migrate.ts';
import { loadDistrict } from '../server/commands/loadDistrict.ts';
import { readDistrict } from '../server/district.ts';
const db = connect('sqlite:/tmp/vt/x.db', { log: (s) => console.log(s.slice(0,150)) });
await migrate(db, { now: Date.now });
console.log(await loadDistrict(db, await readDistrict(), { demo: true }, Date.now()));
