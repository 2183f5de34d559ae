import { baseUrlFrom } from '../core/atlas/credentials-from-environment.ts';
import type { Clock } from '../core/clock.ts';
import type { JobStore } from '../core/jobs/store.ts';
import type { TimelineEvent } from '../core/jobs/timeline.ts';
import { isOnThisMachine } from '../local/choose-clock.ts';
import { playApprovers } from '../local/practice-approvers.ts';
import type { Cli } from './cli.ts';
import { UsageError } from './errors.ts';

/** Plays the people who approve, whenever a job asks them. */
export interface AutoApprover {
  onEvent(event: TimelineEvent): void;
  /** Resolves once everything that was begun is done. Never rejects. */
  settled(): Promise<void>;
}

/** The approver of a job; what it cannot do, it tells. */
export function autoApprover(
  jobId: string,
  jobs: JobStore,
  clock: Clock,
  tell: (problem: string) => void,
): AutoApprover {
  let playing = play();
  async function play(): Promise<void> {
    try {
      await playApprovers(jobId, jobs, clock);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    onEvent({ type }) {
      if (type === 'approval-wanted') playing = playing.then(play);
    },
    settled: () => playing,
  };
}

/**
 * Refuses to play people where what they approve is real.
 *
 * @throws UsageError
 */
export function refuseAutoApprove({ env }: Cli, autoApprove: boolean | undefined): void {
  if (autoApprove !== true || isOnThisMachine(baseUrlFrom(env))) return;
  throw new UsageError(
    '--auto-approve is for a simulated Atlas: nobody approves a real job but people.',
    'Leave it out, or add --simulate.',
  );
}
