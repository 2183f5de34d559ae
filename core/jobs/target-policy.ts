import type { TargetPolicy } from '../runbooks/guards/facts.ts';
import type { Job } from './job.ts';

/** What the guards know of the installation: its lists, and the protected cluster that break-glass exempts. */
export function targetPolicy({ policy, breakGlass }: Pick<Job, 'policy' | 'breakGlass'>): TargetPolicy {
  if (breakGlass === undefined) return policy;
  const { cluster, by, reason } = breakGlass;
  return { ...policy, exempt: { cluster, because: `break-glass of ${by.who}: ${reason}` } };
}
