import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { startJob } from '../../core/commands/start-job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { BROUGHT } from '../../core/policy/origin.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { chooseClock } from '../../local/choose-clock.ts';
import { connectAtlas } from '../../local/connect-atlas.ts';
import { openHistory } from '../../local/history.ts';
import { practiceOutbound } from '../../local/outbound.ts';
import { reportFiles } from '../../local/report-files.ts';
import { runJob } from '../../local/run-job.ts';
import type { PacedClock } from '../../local/scaled-clock.ts';
import { countingStore } from './counting-store.ts';
import { prove, type Proof } from './prove.ts';
import { runbookFor } from './world.ts';

/** What came of drills that ran at once in one process. */
export interface DrillsRun extends Proof {
  readonly drills: number;
  /** Seconds from the start of all of them to the end of the last. */
  readonly wallSeconds: number;
  /** Seconds that the waits of the one that waited longest take alone. */
  readonly waitSeconds: number;
  /** Seconds that the process was at work. */
  readonly processorSeconds: number;
  /** Megabytes of memory at the peak. */
  readonly peakMegabytes: number;
  readonly writesPerJob: number;
  readonly readsPerJob: number;
  /** Kilobytes on disk for each job: the history, and the reports. */
  readonly historyKilobytesPerJob: number;
  readonly reportKilobytesPerJob: number;
}

// Drills in a process of their own, as many as are asked for, run as `lifeboat serve` runs them.
const [drills, baseUrl = ''] = [Number(process.argv[2]), process.argv[3]];
const home = mkdtempSync(join(tmpdir(), 'lifeboat-bench-'));
try {
  process.send?.(await runDrills());
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.disconnect();

async function runDrills(): Promise<DrillsRun> {
  const clock = await chooseClock({ baseUrl });
  const atlas = connectAtlas(process.env, clock);
  const history = await openHistory(home);
  const counts = { reads: 0, writes: 0 };
  const jobs = countingStore(history.jobs, counts);
  const waits = new Array<number>(drills).fill(0);
  const run = async (nth: number) => {
    const jobId = await start(nth, jobs, clock);
    const own = noting(clock, (seconds) => (waits[nth] = (waits[nth] ?? 0) + seconds));
    const signal = new AbortController().signal;
    const settings = {
      home,
      jobs,
      atlas,
      clock: own,
      signal,
      outbound: practiceOutbound(baseUrl),
      policy: NO_POLICY,
    };
    await runJob(jobId, { ...settings, reports: reportFiles(home) });
    return jobId;
  };

  const begun = performance.now();
  const begunAt = process.cpuUsage();
  const ids = await Promise.all(Array.from({ length: drills }, (_, nth) => run(nth)));
  const wallSeconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(begunAt);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const proof = await prove(ids, history.jobs, baseUrl);
  await history.close();
  await atlas.close();
  return {
    drills,
    ...proof,
    wallSeconds,
    waitSeconds: Math.max(...waits),
    processorSeconds: (user + system) / 1e6,
    peakMegabytes,
    writesPerJob: counts.writes / drills,
    readsPerJob: counts.reads / drills,
    historyKilobytesPerJob: kilobytesIn(home) / drills,
    reportKilobytesPerJob: kilobytesIn(join(home, 'reports')) / drills,
  };
}

async function start(nth: number, jobs: JobStore, clock: PacedClock): Promise<string> {
  const runbookText = runbookFor(nth);
  const runbook = parseRunbook(runbookText, `drill-${nth}.yaml`);
  const request = { jobId: ulid(), runbook, runbookText, seed: nth, atlasUrl: baseUrl };
  const { jobId } = await startJob(
    { ...request, policy: NO_POLICY, origin: BROUGHT, startedBy: { type: 'cli', who: 'bench' } },
    jobs,
    clock,
  );
  return jobId;
}

/** The clock, telling of each sleep how many seconds of the machine it takes. */
function noting(clock: PacedClock, note: (seconds: number) => void): PacedClock {
  return {
    ...clock,
    sleep(milliseconds, signal) {
      note(milliseconds / clock.speed / 1000);
      return clock.sleep(milliseconds, signal);
    },
  };
}

function kilobytesIn(folder: string): number {
  const files = readdirSync(folder).map((name) => statSync(join(folder, name)));
  return files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0) / 1000;
}
