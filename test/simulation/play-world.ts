import { ulid } from 'ulid';
import { isoTime } from '../../core/clock.ts';
import { startJob } from '../../core/commands/start-job.ts';
import { isCampaignJob, workflowOf } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/status.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { BROUGHT } from '../../core/policy/origin.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { seededRandom } from '../../core/random.ts';
import type { Report } from '../../core/report/report.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { openPracticeAtlas } from '../../simulator/practice-atlas.ts';
import type { Witness, WitnessedCutover, WitnessedLook, WitnessedRequest } from '../invariants/witness.ts';
import { atlasOf, BEGINNING } from './atlas-of-plan.ts';
import type { Engines } from './engines.ts';
import { ATLAS_URL, contextIn, type JobGround } from './job-context.ts';
import { memoryTable, type MemoryTable } from '../support/memory-table.ts';
import { answer, cancel, STARTER, type People } from './people.ts';
import type { JobPlan, Mishap, Trouble, WorldPlan } from './plan.ts';
import { runbookOf } from './runbook-of-plan.ts';
import { startProcess, type Host } from './simulated-process.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import { openTrace } from './trace.ts';
import { troublesOf } from './troubles.ts';
import { virtualTime, type VirtualTime } from './virtual-time.ts';
import { witnessOf } from './witness-of-world.ts';

/** What came of a world. */
export interface Played {
  readonly witness: Witness;
  readonly trace: { readonly hash: string; readonly lines: readonly string[] };
  /** How often each trouble came about. */
  readonly troubles: ReadonlyMap<Trouble, number>;
  readonly processes: number;
  /** Seconds of the world's time. */
  readonly seconds: number;
}

/** How a world is played. */
export interface PlayOptions {
  /** Keeps the lines of the trace. */
  readonly keepTrace?: boolean;
  /** Opens the table; the usual one without it. */
  readonly openTable?: () => MemoryTable;
}

/** How often a job is taken up again. Mishaps are few, so it never needs as many. */
const MOST_PROCESSES = 60;

/** Seconds after which the workflow may have given up a task that is held up, which goes on all the same. */
const GIVEN_UP_SECONDS = 100;
const HOLD_UP: readonly Trouble[] = ['stalls', 'atlas slow', 'too many requests'];

interface WorldGround extends JobGround {
  readonly seed: number;
  readonly time: VirtualTime;
  readonly jobs: JobStore;
  readonly engines: Engines;
  readonly hasReport: (jobId: string) => boolean;
  /** How many processes there were, and the answers under way. */
  readonly counts: { processes: number };
}

/** Plays a world to its end: every job was run until it had ended, and everybody who had something to say has said it. */
export async function playWorld(
  plan: WorldPlan,
  engines: Engines,
  options: PlayOptions = {},
): Promise<Played> {
  const time = virtualTime(BEGINNING, seededRandom(plan.seed));
  const trace = openTrace(time, options.keepTrace === true);
  const atlas = openPracticeAtlas(
    { clock: time, seed: plan.seed, speed: 1, world: atlasOf(plan.atlas) },
    () => ATLAS_URL,
  );
  const table = (options.openTable ?? memoryTable)();
  const acknowledged: TimelineEvent[] = [];
  const looks: WitnessedLook[] = [];
  const requests: WitnessedRequest[] = [];
  const cutovers: WitnessedCutover[] = [];
  const reports = new Map<string, Report>();
  const secrets = [atlas.credentials.clientSecret, atlas.credentials.privateKey];
  const troubles = new Map<Trouble, number>();
  const ground: WorldGround = {
    seed: plan.seed,
    time,
    engines,
    atlas,
    table,
    trace,
    jobs: createJobStore(table),
    hasReport: (jobId) => reports.has(jobId),
    counts: { processes: 0 },
    onAppend: (event) => void acknowledged.push(event),
    onLook(look) {
      // Asked before a cutover and answered after it: that tells nothing of how it was just before.
      const isLate = cutovers.some(
        ({ migrationId, at }) => migrationId === look.migrationId && at >= look.at,
      );
      if (!isLate) looks.push(look);
    },
    onReport: (report) => void reports.set(report.jobId, report),
    onToken: (token) => void secrets.push(token),
    onRequest(request, sent, { jobId }) {
      requests.push(request);
      if (request.what === 'cutover' && request.carriedOut)
        cutovers.push({
          migrationId: request.of,
          at: request.at,
          sentAt: isoTime(sent),
          by: jobId,
        });
    },
  };
  const course = { isHeldUp: false };
  const met = ({ trouble, seconds, times }: Mishap) => {
    troubles.set(trouble, (troubles.get(trouble) ?? 0) + 1);
    course.isHeldUp ||= HOLD_UP.includes(trouble) && seconds * times >= GIVEN_UP_SECONDS;
  };
  await time.play(() => Promise.all(plan.jobs.map((job, index) => live(job, index, ground, met))));
  return {
    witness: {
      ...witnessOf(time.now(), table, atlas, { acknowledged, looks, requests, cutovers, reports, secrets }),
      ...(course.isHeldUp && { wentOnLate: true as const }),
    },
    trace: { hash: trace.hash(), lines: trace.lines },
    troubles,
    processes: ground.counts.processes,
    seconds: (time.now() - BEGINNING) / 1000,
  };
}

/** The life of a job, with all of its processes and the people around it. */
async function live(
  plan: JobPlan,
  index: number,
  ground: WorldGround,
  met: (mishap: Mishap) => void,
): Promise<void> {
  const { time, jobs, seed } = ground;
  await time.sleep(plan.startsAfter * 1000);
  const text = runbookOf(plan);
  const ids = seededRandom(seed + index);
  const { jobId } = await startJob(
    {
      jobId: ulid(time.now(), () => ids.next()),
      runbook: parseRunbook(text, 'runbook.yaml'),
      runbookText: text,
      policy: NO_POLICY,
      origin: BROUGHT,
      startedBy: STARTER,
      seed: index,
    },
    jobs,
    time,
  );
  const host: Host = { name: `job ${index + 1}`, time, troubles: troublesOf(plan, met), ahead: 0, jobId };
  const people: People = { time, jobs };
  const answers: Promise<void>[] = [];
  const asked = new Set<string>();
  const answering = answeringGround(ground, (event) => {
    const key = `${event.jobId} ${event.sequence}`;
    if (plan.approval === undefined || event.type !== 'approval-wanted' || asked.has(key)) return;
    asked.add(key);
    answers.push(answer(event.jobId, plan.approval, people));
  });
  const second = async () => {
    if (plan.secondProcessAfter === undefined) return;
    await time.sleep(plan.secondProcessAfter * 1000);
    await runOnce(jobId, 1000, host, answering);
  };
  await Promise.all([cancel(jobId, plan, people), second(), runToItsEnd(jobId, plan, host, answering)]);
  for (const drill of await drillsLeft(jobId, ground)) await runToItsEnd(drill, plan, host, answering);
  await Promise.all(answers);
}

/** The same ground, with somebody who listens to what is told. */
function answeringGround(ground: WorldGround, listen: (event: TimelineEvent) => void): WorldGround {
  return {
    ...ground,
    onAppend(event) {
      ground.onAppend(event);
      listen(event);
    },
  };
}

/** The drills of a campaign that have no report: their workflow broke off when it had closed them. */
async function drillsLeft(jobId: string, { jobs, hasReport }: WorldGround): Promise<string[]> {
  const job = await jobs.get(jobId);
  const drills = isCampaignJob(job) ? (job.campaign.drills ?? []) : [];
  return drills
    .filter((drill) => drill.outcome !== undefined && !hasReport(drill.jobId))
    .map((drill) => drill.jobId);
}

async function runToItsEnd(jobId: string, plan: JobPlan, host: Host, ground: WorldGround): Promise<void> {
  for (let number = 1; number <= MOST_PROCESSES; number += 1) {
    const outcome = await runOnce(jobId, number, host, ground);
    const { status } = await ground.jobs.get(jobId);
    // One that died or was held up after it had closed the job may have left it without a report.
    if (outcome === 'ended' && isFinal(status) && ground.hasReport(jobId)) return;
    await host.time.sleep(plan.resumeAfter * 1000);
  }
}

/** One process, until its workflow has ended or it died. What it leaves undone comes to its end without it. */
async function runOnce(
  jobId: string,
  number: number,
  host: Host,
  ground: WorldGround,
): Promise<'ended' | 'died'> {
  ground.counts.processes += 1;
  const process = startProcess(host, number, ground.seed);
  const { kind } = await ground.jobs.get(jobId);
  const engine = ground.engines[workflowOf(kind)];
  const { clock, signal, random } = process;
  const running = engine.run(jobId, contextIn(process, ground), clock, signal, random);
  return Promise.race([process.died, running.then(() => 'ended' as const)]);
}
