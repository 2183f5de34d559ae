import type { Report } from './report.ts';

/** How a job stands, in one word. */
export type Outcome = 'passed' | 'failed' | 'inconclusive' | 'cancelled' | 'running' | 'pending';

/** The outcome of a job. A job that was told to stop and did is cancelled, whatever else is known of it. */
export function outcomeOf({ status, verdict }: Pick<Report, 'status' | 'verdict'>): Outcome {
  if (status === 'CANCELLED') return 'cancelled';
  if (verdict !== null) return verdict;
  if (status === 'FAILED') return 'failed';
  if (status === 'SUCCEEDED') return 'inconclusive';
  return status === 'RUNNING' ? 'running' : 'pending';
}
