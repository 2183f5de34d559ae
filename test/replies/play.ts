import type { Report } from '../../core/report/report.ts';
import { renderReport } from '../../core/report/html.ts';
import type { Job } from '../../core/jobs/job.ts';
import { openRehearsal } from '../support/rehearsal.ts';
import { openMutatingServer } from './mutating-server.ts';
import { mutate, type Mutation } from './mutations.ts';

/** A mutation of the replies to one operation. */
export interface MutatedReply extends Mutation {
  readonly operationId: string;
  /** Leaves the replies to requests before this one as they are; the first is 0. */
  readonly from?: number;
}

/** How a job went. */
export interface Played {
  readonly job: Job;
  /** Bodies by operation, as the simulated Atlas sent the first of them that had any content. */
  readonly bodies: ReadonlyMap<string, unknown>;
  /** How many times the mutation changed a body. */
  readonly mutated: number;
  /** Why what it left is wrong; empty when all holds. */
  readonly faults: readonly string[];
}

/** Changes of which a job makes one at most. */
const ONCE = ['createBackupRestoreJob', 'createFlexRestoreJob', 'cutoverMigration', 'takeSnapshots'];

/** Plays a runbook from its start to its end on virtual time, and judges what it left. */
export async function play(text: string, mutation?: MutatedReply): Promise<Played> {
  const bodies = new Map<string, unknown>();
  const requests = new Map<string, number>();
  let baseUrl = '';
  let mutated = 0;
  const server = await openMutatingServer(
    () => baseUrl,
    (operationId, body) => {
      const nth = requests.get(operationId) ?? 0;
      requests.set(operationId, nth + 1);
      if (!bodies.has(operationId) || isEmpty(bodies.get(operationId))) bodies.set(operationId, body);
      if (mutation?.operationId !== operationId || nth < (mutation.from ?? 0)) return body;
      const changed = mutate(body, mutation);
      if (JSON.stringify(changed) !== JSON.stringify(body)) mutated += 1;
      return changed;
    },
  );
  const rehearsal = await openRehearsal({ atlasUrl: server.baseUrl });
  baseUrl = rehearsal.simulator.baseUrl;
  try {
    const { jobId } = await rehearsal.start(text);
    const job = await rehearsal.run(jobId);
    const faults = [...faultsOf(job), ...reportFaults(rehearsal.reports.at(-1))];
    for (const operationId of ONCE) {
      const sent = requests.get(operationId) ?? 0;
      if (sent > 1) faults.push(`${operationId} was carried out ${sent} times`);
    }
    return { job, bodies, mutated, faults };
  } finally {
    await rehearsal.close();
    await server.close();
  }
}

function isEmpty(body: unknown): boolean {
  const { results } = (body ?? {}) as { readonly results?: unknown };
  return Array.isArray(results) && results.length === 0;
}

function faultsOf({ status, failure }: Job): string[] {
  if (status !== 'SUCCEEDED' && status !== 'FAILED') return [`the job is ${status}`];
  return failure?.name === 'InternalError' ? [`InternalError: ${failure.message}`] : [];
}

function reportFaults(report: Report | undefined): string[] {
  if (report === undefined) return ['there is no report'];
  try {
    renderReport(JSON.parse(JSON.stringify(report)) as Report);
    return [];
  } catch (error) {
    return [`the report cannot be written: ${String(error)}`];
  }
}
