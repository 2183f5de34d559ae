import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAtlasClient } from '../../../core/atlas/create-client.ts';
import { operationOf } from '../../../core/atlas/resources.ts';
import { withDefaults } from '../../../core/atlas/timeouts.ts';
import { createTransport } from '../../../core/atlas/transport.ts';
import { decideJob } from '../../../core/commands/decide-job.ts';
import { openRequest } from '../../../core/jobs/approvals/open-request.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { NO_POLICY } from '../../../core/policy/policy.ts';
import { seededRandom } from '../../../core/random.ts';
import { chooseClock } from '../../../local/choose-clock.ts';
import { practiceOutbound } from '../../../local/outbound.ts';
import { reportFiles } from '../../../local/report-files.ts';
import { runJob } from '../../../local/run-job.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { operationName } from '../../../simulator/door.ts';
import { ACKNOWLEDGED, type ChildOrders } from './orders.ts';

// Runs a job as the embedded edition does, with its history on disk, and kills itself with SIGKILL at an effect.
const { home, jobId, baseUrl, credentials, killAt } = JSON.parse(process.argv[2] ?? '') as ChildOrders;
let effects = 0;

/** Makes an effect; the process ends just before or just after the one it is to end at. */
async function effect<T>(make: () => Promise<T>): Promise<T> {
  effects += 1;
  const isPoint = killAt?.effect === effects;
  if (isPoint && killAt.side === 'before') process.kill(process.pid, 'SIGKILL');
  const result = await make();
  if (isPoint) process.kill(process.pid, 'SIGKILL');
  return result;
}

const clock = await chooseClock({ baseUrl });
const table = await openTable({ home });
const jobs = createJobStore({
  ...table,
  putItem: (item, condition) => effect(() => table.putItem(item, condition)),
});
const transport = createTransport(withDefaults());
const atlas = createAtlasClient({
  baseUrl,
  credentials: { kind: 'serviceAccount', ...credentials },
  clock,
  random: seededRandom(1),
  transport: {
    ...transport,
    exchange(request) {
      const name = operationName({ method: request.method, path: request.url.pathname });
      const isChange = name !== 'oauthToken' && operationOf(name).effect === 'change';
      return isChange ? effect(() => transport.exchange(request)) : transport.exchange(request);
    },
  },
});
// Somebody says yes to whatever is asked.
const people = createJobStore(table);
const clicks = setInterval(() => void approve().catch(() => undefined), 100).unref();
async function approve(): Promise<void> {
  const request = openRequest(await people.get(jobId))?.request;
  if (request === undefined || request.decisions.length > 0) return;
  const by = { type: 'cli', who: 'anna' } as const;
  await decideJob(
    jobId,
    { decision: 'approve', by, reason: 'Go on.', plan: request.plan.hash },
    people,
    clock,
  );
}

const reports = reportFiles(home);
const outbound = practiceOutbound(baseUrl);
await runJob(jobId, {
  home,
  clock,
  atlas,
  jobs: {
    ...jobs,
    async append(id, event) {
      const written = await jobs.append(id, event);
      appendFileSync(join(home, ACKNOWLEDGED), `${JSON.stringify(written)}\n`);
      return written;
    },
  },
  reports: { ...reports, put: (report) => effect(() => reports.put(report)) },
  outbound: { ...outbound, post: (request) => effect(() => outbound.post(request)) },
  policy: NO_POLICY,
  signal: new AbortController().signal,
});
clearInterval(clicks);
await table.close();
await atlas.close();
process.stdout.write(String(effects));
