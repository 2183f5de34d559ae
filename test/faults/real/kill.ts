import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ulid } from 'ulid';
import { startJob } from '../../../core/commands/start-job.ts';
import { BROUGHT } from '../../../core/policy/origin.ts';
import { NO_POLICY } from '../../../core/policy/policy.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { openHistory } from '../../../local/history.ts';
import { scaledClock } from '../../../local/scaled-clock.ts';
import { breaches } from '../../invariants/invariants.ts';
import type { Scenario } from '../scenarios.ts';
import { readExample } from '../stage/examples.ts';
import { openRealAtlas, type RealAtlas } from './real-atlas.ts';
import type { ChildOrders, KillPoint } from './orders.ts';
import { witnessOfHome } from './witness-home.ts';

/** How many times faster than life. An intent that is twenty seconds old is sent no more: a write to the disk takes less. */
const SPEED = 200;

/** What came of a job whose process was killed. */
export interface RealPlayed {
  /** Whether it came to its point before the job had ended. */
  readonly killed: boolean;
  /** Effects of the process that brought the job to its end. */
  readonly effects: number;
  readonly wrong: readonly string[];
}

/** Runs a job in a process of its own, which is killed at a point, and another one that goes on with it. */
export async function playReally(scenario: Scenario, killAt?: KillPoint): Promise<RealPlayed> {
  const home = mkdtempSync(join(tmpdir(), 'lifeboat-kill-'));
  const clock = scaledClock(SPEED, Date.now());
  const atlas = await openRealAtlas(clock, SPEED, scenario.world);
  try {
    const orders = { home, baseUrl: atlas.baseUrl, credentials: atlas.credentials };
    const jobId = await writeJob(home, scenario, atlas, clock.now());
    const first = await runChild({ ...orders, jobId, ...(killAt !== undefined && { killAt }) });
    const last = first.signal === 'SIGKILL' ? await runChild({ ...orders, jobId }) : first;
    const witness = await witnessOfHome(home, atlas, clock);
    const job = witness.jobs.find((one) => one.jobId === jobId);
    const end = job?.status === 'SUCCEEDED' ? job.verdict : job?.status.toLowerCase();
    return {
      killed: first.signal === 'SIGKILL',
      effects: Number(last.stdout),
      wrong: [
        ...breaches(witness),
        ...(end === scenario.ends
          ? []
          : [`it ended ${end ?? ''} ${job?.failure?.message ?? ''} ${last.stderr}`]),
      ],
    };
  } finally {
    await atlas.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function writeJob(home: string, scenario: Scenario, atlas: RealAtlas, now: number): Promise<string> {
  const history = await openHistory(home);
  try {
    const runbook = parseRunbook(scenario.text, 'runbook.yaml', readExample);
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const { jobId } = await startJob(
      {
        ...{ jobId: ulid(now), runbook, runbookText: scenario.text, seed: 7, atlasUrl: atlas.baseUrl },
        policy: scenario.policy ?? NO_POLICY,
        origin: BROUGHT,
        startedBy: { type: 'cli', who: 'tester' },
      },
      history.jobs,
      clock,
    );
    return jobId;
  } finally {
    await history.close();
  }
}

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runChild(orders: ChildOrders): Promise<Ended> {
  const program = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const [stdout, stderr] = await said;
  return { signal, stdout, stderr };
}
