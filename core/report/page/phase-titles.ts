import type { PhaseName } from '../../jobs/job.ts';

/** What a reader sees of a phase's name. */
export const PHASE_TITLES: Readonly<Record<PhaseName, string>> = {
  guard: 'Guard',
  recoveryPoint: 'Recovery point',
  approval: 'Approval',
  restore: 'Restore',
  migration: 'Migration',
  writeStop: 'Write stop',
  cutover: 'Cutover',
  run: 'Run',
  verify: 'Verify',
  snapshot: 'Snapshot',
};
