/** The load generator: real requests over kept connections, each of which must be answered 200. */
import { Agent, request } from 'node:http';
import { type Item, type Job, serveJobs } from './clients.ts';
import { declarationOf, idOf } from './prepare.ts';

function requestOf({ action, prepared }: Job, { n, taskId }: Item) {
  return action === 'submit'
    ? {
        path: `/api/cases/${idOf('case', n)}/submit`,
        token: prepared.clerkToken,
        body: `{"version":0,"forms":{"declaration":${declarationOf(prepared, n)}}}`,
      }
    : {
        path: `/api/tasks/${taskId ?? ''}/act`,
        token: prepared.ownerToken,
        body: '{"version":1,"action":"approve","opinion":"同意申报"}',
      };
}

serveJobs((job) => {
  const agent = new Agent({ keepAlive: true, maxSockets: job.clients });
  const { hostname, port } = new URL(job.url ?? '');
  return (item) =>
    new Promise((resolve, reject) => {
      const { path, token, body } = requestOf(job, item);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': `bench-${job.action}-${item.n}`,
      };
      const sent = request({ agent, hostname, port, path, method: 'POST', headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`POST ${path} was answered ${answer.statusCode}: ${Buffer.concat(parts).toString()}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
});
