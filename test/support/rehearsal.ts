import { readFileSync } from 'node:fs';
import { ulid } from 'ulid';
import { createAtlasClient } from '../../core/atlas/create-client.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { startJob } from '../../core/commands/start-job.ts';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import { BROUGHT } from '../../core/policy/origin.ts';
import { NO_POLICY, type Policy } from '../../core/policy/policy.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { seededRandom } from '../../core/random.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import type { Report } from '../../core/report/report.ts';
import type { TaskContext } from '../../core/tasks/context.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { createEngine, type Engine } from '../../local/engine/engine.ts';
import type { Tasks } from '../../local/engine/engine.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { practiceOutbound } from '../../local/outbound.ts';
import { DEFAULT_WORLD } from '../../simulator/default-world.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { memoryTable } from './memory-table.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import type { StagedSteps } from './practice-steps.ts';

/** Everything a job needs, real but for the time: the simulator and the table over HTTP. */
export interface Rehearsal {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  readonly atlas: AtlasClient;
  readonly jobs: JobStore;
  readonly reports: Report[];
  /** What tasks are given. */
  readonly context: TaskContext;
  /** Does something once, right after the first event of a type was written. */
  when(eventType: string, action: () => Promise<void>): void;
  /** Writes the record of a job for a runbook; `steps` take the place of its lists of them. */
  start(runbookText: string, policy?: Policy, steps?: StagedSteps): Promise<Job>;
  /** Runs a job's workflow to its end and gives the job; with other tasks or another context when they are given. */
  run(jobId: string, other?: { readonly tasks?: Tasks; readonly context?: TaskContext }): Promise<Job>;
  close(): Promise<void>;
}

export interface RehearsalOptions {
  readonly seed?: number;
  readonly world?: unknown;
  readonly faults?: unknown;
  readonly clock?: ManualClock;
  /** Talks to this Atlas instead of the simulator's. */
  readonly atlasUrl?: string;
  /** Puts something between the history and its table. */
  readonly watched?: (table: Table) => Table;
}

type WorkflowName = ReturnType<typeof workflowOf>;

const engines = new Map<WorkflowName, Engine>();

/** An engine for the jobs of a workflow. With the usual tasks it is built once: that takes its time. */
function engineFor(name: WorkflowName, tasks: Tasks): Engine {
  const made = tasks === TASKS ? engines.get(name) : undefined;
  if (made !== undefined) return made;
  const drills = name === 'campaign' ? engineFor('restore', tasks) : undefined;
  const engine = createEngine(readWorkflow(name), tasks, drills);
  if (tasks === TASKS) engines.set(name, engine);
  return engine;
}

/** Runbooks may name the files that the examples do. */
function readExample(path: string): string {
  return readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8');
}

/** Opens a rehearsal; close it when done. */
export async function openRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const clock = options.clock ?? manualClock();
  const simulator = await startSimulator({ seed: 1, speed: 1, ...options, clock });
  const { clientId, clientSecret } = simulator.credentials;
  const atlas = createAtlasClient({
    baseUrl: options.atlasUrl ?? simulator.baseUrl,
    credentials: { kind: 'serviceAccount', clientId, clientSecret },
    clock,
    random: seededRandom(1),
  });
  const table = memoryTable();
  const store = createJobStore(options.watched?.(table) ?? table);
  const reports: Report[] = [];
  const hooks = new Map<string, () => Promise<void>>();
  const hooked: JobStore = {
    ...store,
    async append(jobId, event) {
      const written = await store.append(jobId, event);
      const action = hooks.get(event.type);
      hooks.delete(event.type);
      await action?.();
      return written;
    },
  };
  const context: TaskContext = {
    clock,
    atlas,
    jobs: hooked,
    reports: {
      put(report) {
        reports.push(report);
        return Promise.resolve(`memory:${report.jobId}`);
      },
      place: (jobId) => `memory:${jobId}`,
    },
    outbound: practiceOutbound(simulator.baseUrl),
    policy: NO_POLICY,
  };
  return {
    clock,
    simulator,
    atlas,
    jobs: store,
    reports,
    context,
    when: (eventType, action) => void hooks.set(eventType, action),
    start: (runbookText, policy = { protectedClusters: [] }, steps = {}) =>
      startJob(
        {
          jobId: ulid(clock.now()),
          runbook: { ...parseRunbook(runbookText, 'runbook.yaml', readExample), ...steps },
          runbookText,
          policy,
          origin: BROUGHT,
          startedBy: { type: 'cli', who: 'tester' },
          seed: 7,
        },
        store,
        clock,
      ),
    async run(jobId, other = {}) {
      const { kind } = await store.get(jobId);
      const engine = engineFor(workflowOf(kind), other.tasks ?? TASKS);
      await engine.run(jobId, other.context ?? context, clock, new AbortController().signal);
      return store.get(jobId);
    },
    async close() {
      await atlas.close();
      table.close();
      await simulator.close();
    },
  };
}

/** The default world with one of its drill clusters changed. */
export function worldWith(cluster: { readonly name: string } & Record<string, unknown>): unknown {
  return {
    projects: DEFAULT_WORLD.projects.map((project) =>
      project.name === 'drills'
        ? {
            ...project,
            clusters: project.clusters?.map((one) =>
              one.name === cluster.name ? { ...one, ...cluster } : one,
            ),
          }
        : project,
    ),
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
