import { visibleIn } from '../../core/visible-text.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { PacedClock } from '../../local/scaled-clock.ts';
import type { Cli } from '../cli.ts';
import type { Progress } from './progress.ts';

/** Progress on standard error: a live list on a terminal, a line for each event elsewhere, nothing with `--quiet`. */
export async function startProgress(
  job: Job,
  clock: PacedClock,
  { err, quiet }: Pick<Cli, 'err' | 'quiet'>,
): Promise<Progress> {
  if (quiet) return silent;
  const progress = err.live
    ? (await import('./live.ts')).liveProgress(visibleIn(job), clock, err)
    : (await import('./plain.ts')).plainProgress(visibleIn(job), clock, err);
  return {
    ...progress,
    job: (latest) => {
      progress.job(visibleIn(latest));
    },
    event: (event) => {
      progress.event(visibleIn(event));
    },
  };
}

const nothing = () => undefined;
const silent: Progress = { job: nothing, event: nothing, outlook: nothing, note: nothing, stop: nothing };
