import { jobOutlook } from '../../core/commands/job-outlook.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { workUnderWay } from '../../core/tasks/work-class.ts';
import type { Progress } from './progress.ts';

/** Has the progress tell how long work in Atlas still takes: what earlier work took is read once, when the work begins. */
export function watchOutlook(jobs: JobStore, progress: Progress): (job: Job) => void {
  let told = '';
  return (job) => {
    const begun = JSON.stringify(workUnderWay(job) ?? '');
    if (begun === told) return;
    told = begun;
    jobOutlook(job, jobs).then(
      (outlook) => {
        // In the meantime something else may have begun.
        if (told === begun) progress.outlook(outlook);
      },
      // Without it the progress only says less; the job itself meets the same history.
      () => undefined,
    );
  };
}
