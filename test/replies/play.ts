import type { Report } from '../../core/report/report.ts';
import { renderReport } from '../../core/report/html.ts';
import type { Job } from '../../core/jobs/job.ts';
import { mutate, type Mutation } from './mutations.ts';
import { runJob } from './run-job.ts';
import type { Scenario } from './scenarios.ts';

/** A mutation of the replies to one operation. */
export interface MutatedReply extends Mutation {
  readonly operationId: string;
  /** Which of the replies. */
  readonly when: 'always' | 'first' | 'last';
  /** Leaves the replies before this one as they are; the first is 0. */
  readonly from?: number;
  /** Leaves this reply and those after it as they are. */
  readonly until?: number;
}

/** How a job went. */
export interface Played {
  readonly job: Job;
  /** Bodies by operation, each with every field that any reply to it had. Of a list, one item has them all. */
  readonly bodies: ReadonlyMap<string, unknown>;
  /** How many good replies each operation had. */
  readonly replies: ReadonlyMap<string, number>;
  /** How many times the mutation changed a body. */
  readonly mutated: number;
  /** Why what it left is wrong; empty when all holds. */
  readonly faults: readonly string[];
}

/** Changes of which one cluster, or one migration, gets one at most. */
const ONCE = ['createBackupRestoreJob', 'createFlexRestoreJob', 'cutoverMigration', 'takeSnapshots'];

/** Plays a job from its start to its end on virtual time, and judges what it left. */
export async function play(scenario: Scenario, mutation?: MutatedReply): Promise<Played> {
  const bodies = new Map<string, unknown>();
  const replies = new Map<string, number>();
  let mutated = 0;
  const change = (operationId: string, body: unknown): unknown => {
    const nth = replies.get(operationId) ?? 0;
    replies.set(operationId, nth + 1);
    bodies.set(operationId, merge(bodies.get(operationId), body));
    if (mutation?.operationId !== operationId) return body;
    if (nth < (mutation.from ?? 0) || nth >= (mutation.until ?? Infinity)) return body;
    const changed = mutate(body, mutation);
    if (JSON.stringify(changed) !== JSON.stringify(body)) mutated += 1;
    return changed;
  };
  const { job, reports, changes } = await runJob(scenario, change);
  const faults = [...faultsOf(job), ...reports.flatMap(reportFaults)];
  if (!reports.some((report) => report.jobId === job.jobId)) faults.push('there is no report');
  const made = changes
    .filter(({ operation }) => ONCE.includes(operation))
    .map(({ operation, path }) => `${operation} ${path}`);
  for (const twice of made.filter((one, index) => made.indexOf(one) !== index))
    faults.push(`${twice} was carried out more than once`);
  return { job, bodies, replies, mutated, faults };
}

/** One body with the fields of both. */
function merge(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const items: unknown[] = [...(one as unknown[]), ...(other as unknown[])];
    return items.length === 0 ? items : [items.reduce(merge)];
  }
  if (!isObject(one) || !isObject(other)) return one ?? other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, merge(one[name], other[name])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultsOf({ status, failure }: Job): string[] {
  if (status !== 'SUCCEEDED' && status !== 'FAILED') return [`the job is ${status}`];
  return failure?.name === 'InternalError' ? [`InternalError: ${failure.message}`] : [];
}

function reportFaults(report: Report): string[] {
  try {
    renderReport(JSON.parse(JSON.stringify(report)) as Report);
    return [];
  } catch (error) {
    return [`the report cannot be written: ${String(error)}`];
  }
}
