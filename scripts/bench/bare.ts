/** The bare transaction: the floor's statements without HTTP, on a pool of the same size. */
import { createHash } from 'node:crypto';
import { hashToken } from '../../server/crypto.ts';
import { approve, submit, type Submission } from './actions.ts';
import { serveJobs } from './clients.ts';
import { declarationOf, idOf, poolOf } from './prepare.ts';

const { DATABASE_URL = '', SESSION_KEY = '' } = process.env;
const pool = poolOf(DATABASE_URL);

serveJobs(({ action, prepared }) => {
  const token = action === 'submit' ? prepared.clerkToken : prepared.ownerToken;
  const tokenHash = hashToken(SESSION_KEY, token);
  return async ({ n, taskId }) => {
    const asked = { tokenHash, key: `bench-${action}-${n}`, requestHash: tokenHash };
    if (action === 'approve') {
      await approve(pool, { ...asked, taskId: taskId ?? '', opinion: '同意申报' });
      return;
    }
    const text = declarationOf(prepared, n);
    const hash = createHash('sha256').update(text).digest('hex');
    await submit(pool, { ...asked, caseId: idOf('case', n), data: JSON.parse(text) as Submission['data'], hash });
  };
});
