import { ulid } from 'ulid';
import { createAtlasClient } from '../../core/atlas/create-client.ts';
import { startJob } from '../../core/commands/start-job.ts';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { BROUGHT } from '../../core/policy/origin.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { seededRandom } from '../../core/random.ts';
import type { Report } from '../../core/report/report.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import type { Runbook } from '../../core/runbooks/schema.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { createEngine, type Engine } from '../../local/engine/engine.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { openPracticeAtlas } from '../../simulator/practice-atlas.ts';
import type { ChangeRecord } from '../../simulator/records.ts';
import { memoryTable } from '../support/memory-table.ts';
import { inboxRequest } from '../support/atlas-exchange.ts';
import { approve } from '../support/cutovers.ts';
import { manualClock } from '../support/manual-clock.ts';
import type { Rehearsal } from '../support/rehearsal.ts';
import { mutatingTransport, type ChangeReply } from './mutating-transport.ts';
import type { Scenario } from './scenarios.ts';

/** What a job left. */
export interface Ended {
  readonly job: Job;
  readonly reports: readonly Report[];
  /** What Atlas changed, oldest first. */
  readonly changes: readonly ChangeRecord[];
}

/** Where jobs run in this process: a simulated Atlas whose replies are changed, virtual time, and a history in memory. */
export type Stage = Pick<Rehearsal, 'clock' | 'atlas' | 'jobs' | 'reports'> & {
  /** Writes the record of a job for a runbook. */
  start(runbookText: string): Promise<Job>;
  /** Runs a job's workflow to its end and gives the job. */
  run(jobId: string): Promise<Job>;
  /** What Atlas changed, oldest first. */
  changes(): readonly ChangeRecord[];
};

/** Bytes: DynamoDB takes no longer item. */
const LONGEST_ITEM = 400 * 1024;

const engines = new Map<string, Promise<Engine>>();
const runbooks = new Map<string, Runbook>();

/**
 * Runs a job to its end in this process, on virtual time and with its history in memory.
 *
 * @param change is given the body of each good reply of Atlas, and gives what Lifeboat gets.
 */
export async function runJob({ text, world }: Scenario, change: ChangeReply): Promise<Ended> {
  const stage = openStage(world, change);
  const { jobId } = await stage.start(text);
  const job = await stage.run(jobId);
  return { job, reports: stage.reports, changes: stage.changes() };
}

/** Opens a stage; people approve whatever a job on it asks. It holds nothing that must be closed. */
export function openStage(world: unknown, change: ChangeReply): Stage {
  const clock = manualClock();
  const practice = openPracticeAtlas({ seed: 1, speed: 1, clock, world }, () => 'http://atlas.invalid');
  const { clientId, clientSecret } = practice.credentials;
  const atlas = createAtlasClient({
    baseUrl: 'http://atlas.invalid',
    credentials: { kind: 'serviceAccount', clientId, clientSecret },
    clock,
    random: seededRandom(1),
    transport: mutatingTransport(practice, change),
  });
  const store = createJobStore(limited(memoryTable()));
  const jobs: JobStore = {
    ...store,
    async append(jobId, event) {
      const written = await store.append(jobId, event);
      if (event.type === 'approval-wanted') await approve({ jobs: store, clock }, jobId);
      return written;
    },
  };
  const reports: Report[] = [];
  const context = {
    clock,
    atlas,
    jobs,
    reports: {
      put(report: Report) {
        reports.push(report);
        return Promise.resolve(`memory:${report.jobId}`);
      },
      place: (jobId: string) => `memory:${jobId}`,
    },
    outbound: {
      async post(request: Parameters<typeof inboxRequest>[0]) {
        const answer = await practice.answer(inboxRequest(request));
        if (answer.kind !== 'reply') throw new TypeError('The inbox answers.');
        return { status: answer.reply.status, text: answer.reply.body };
      },
      secret: (name: string) => Promise.resolve(`https://practice.invalid/${name}`),
    },
    policy: NO_POLICY,
  };
  return {
    clock,
    atlas,
    jobs: store,
    reports,
    changes: () => practice.changes(),
    start: (text) =>
      startJob(
        {
          jobId: ulid(clock.now(), () => 0.5),
          runbook: parsed(text),
          runbookText: text,
          policy: NO_POLICY,
          origin: BROUGHT,
          startedBy: { type: 'cli', who: 'tester' },
          seed: 7,
        },
        store,
        clock,
      ),
    async run(jobId) {
      const { kind } = await store.get(jobId);
      const engine = await engineFor(workflowOf(kind));
      await engine.run(jobId, context, clock, new AbortController().signal);
      return store.get(jobId);
    },
  };
}

function engineFor(name: ReturnType<typeof workflowOf>): Promise<Engine> {
  const engine = engines.get(name) ?? buildEngine(name);
  engines.set(name, engine);
  return engine;
}

async function buildEngine(name: ReturnType<typeof workflowOf>): Promise<Engine> {
  const drills = name === 'campaign' ? await engineFor('restore') : undefined;
  return createEngine(readWorkflow(name), TASKS, drills);
}

/** The same few texts are played thousands of times. */
function parsed(text: string): Runbook {
  const runbook = runbooks.get(text) ?? parseRunbook(text, 'runbook.yaml');
  runbooks.set(text, runbook);
  return runbook;
}

/** A table that refuses items that DynamoDB would refuse. */
function limited(table: Table): Table {
  return {
    ...table,
    putItem(item, condition) {
      if (Buffer.byteLength(JSON.stringify(item)) <= LONGEST_ITEM) return table.putItem(item, condition);
      const error = new Error('Item size has exceeded the maximum allowed size');
      error.name = 'ValidationException';
      return Promise.reject(error);
    },
  };
}
