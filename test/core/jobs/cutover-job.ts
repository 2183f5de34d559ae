import { newJob } from '../../../core/jobs/new-job.ts';
import type { CutoverJob } from '../../../core/jobs/job.ts';
import { asCutover, nightText, parseCutover } from '../../support/cutovers.ts';

/** The instant so many seconds after the sample job began, ISO 8601 UTC. */
export function at(seconds: number): string {
  return new Date(Date.parse('2026-08-10T03:00:00.000Z') + seconds * 1000).toISOString();
}

/** A cutover that has just begun, with changes. */
export function cutoverJob(
  changes: Partial<CutoverJob> = {},
  parts: Readonly<Record<string, string>> = {},
): CutoverJob {
  const job = newJob({
    jobId: '01KAJ3W0Q4X9GZ5M1T2R8C7B6A',
    runbook: parseCutover(nightText(parts)),
    runbookText: '',
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'tester' },
    seed: 1,
    now: at(0),
  });
  return { ...asCutover(job), ...changes };
}
