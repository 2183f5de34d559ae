import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { createAtlasClient } from '../../core/atlas/create-client.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { startJob } from '../../core/commands/start-job.ts';
import type { GuardPolicy, Job } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { seededRandom } from '../../core/random.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import type { Report } from '../../core/report/report.ts';
import type { TaskContext } from '../../core/tasks/context.ts';
import { openHistory } from '../../local/history.ts';
import { runJob } from '../../local/run-job.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';

/** Everything a job needs, real but for the time: the simulator over HTTP, and the table on disk. */
export interface Rehearsal {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  readonly atlas: AtlasClient;
  readonly jobs: JobStore;
  readonly reports: Report[];
  readonly home: string;
  /** What tasks are given. */
  readonly context: TaskContext;
  /** Writes the record of a job for a runbook. */
  start(runbookText: string, policy?: GuardPolicy): Promise<Job>;
  /** Runs a job's workflow to its end and gives the job. */
  run(jobId: string, signal?: AbortSignal): Promise<Job>;
  close(): Promise<void>;
}

export interface RehearsalOptions {
  readonly seed?: number;
  readonly world?: unknown;
  readonly faults?: unknown;
}

/** Opens a rehearsal in a temporary home; close it when done. */
export async function openRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const home = await mkdtemp(join(tmpdir(), 'lifeboat-test-'));
  const clock = manualClock();
  const simulator = await startSimulator({ clock, seed: options.seed ?? 1, speed: 1, ...options });
  const { clientId, clientSecret } = simulator.credentials;
  const atlas = createAtlasClient({
    baseUrl: simulator.baseUrl,
    credentials: { kind: 'serviceAccount', clientId, clientSecret },
    clock,
    random: seededRandom(1),
  });
  const history = await openHistory(home);
  const reports: Report[] = [];
  const context: TaskContext = {
    clock,
    atlas,
    jobs: history.jobs,
    reports: {
      put(report) {
        reports.push(report);
        return Promise.resolve(`memory:${report.jobId}`);
      },
    },
  };
  return {
    clock,
    simulator,
    atlas,
    jobs: history.jobs,
    reports,
    home,
    context,
    start: (runbookText, policy = { protectedClusters: [] }) =>
      startJob(
        {
          jobId: ulid(clock.now()),
          runbook: parseRunbook(runbookText, 'runbook.yaml'),
          runbookText,
          policy,
          startedBy: { type: 'cli', who: 'tester' },
          seed: 7,
        },
        history.jobs,
        clock,
      ),
    async run(jobId, signal = new AbortController().signal) {
      const { job } = await runJob(jobId, { ...context, clock, home, signal });
      return job;
    },
    async close() {
      await atlas.close();
      await history.close();
      await simulator.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A runbook's text, with parts replaced. Values are YAML. */
export function runbookText(parts: Record<string, string> = {}): string {
  const base: Record<string, string> = {
    version: '1',
    kind: 'drill',
    name: 'nightly-orders',
    source: '{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders }',
    target: '{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }',
    recoveryPoint: '{ latest: {} }',
    objectives: '{ rto: 1h, rpo: 24h }',
    ...parts,
  };
  return Object.entries(base)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
