import type { PhaseName } from '../../jobs/job.ts';

/** What a reader sees of a phase's name. */
export const PHASE_TITLES: Readonly<Record<PhaseName, string>> = {
  guard: 'Guard',
  recoveryPoint: 'Recovery point',
  approval: 'Approval',
  restore: 'Restore',
  migration: 'Migration',
  // Writes are stopped, and the cutover is not asked for yet: the target comes up to the source.
  writeStop: 'Catching up',
  cutover: 'Cutover',
  run: 'Run',
  verify: 'Verify',
  snapshot: 'Snapshot',
  drills: 'Drills',
};
