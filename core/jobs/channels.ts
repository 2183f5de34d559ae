import type { NotifyChannel } from '../runbooks/kinds/notify.ts';
import type { Job } from './job.ts';

/** The channels that are notified of a job: those of its runbook, then those of the policy. The order never changes. */
export function channelsOf({ runbook, policy }: Pick<Job, 'runbook' | 'policy'>): readonly NotifyChannel[] {
  return [...runbook.notify, ...(policy.notify ?? [])];
}
