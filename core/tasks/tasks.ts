import { checkRecoveryPoint } from './check-recovery-point.ts';
import { checkTarget } from './check-target.ts';
import { chooseRecoveryPoint } from './choose-recovery-point.ts';
import { cleanUp } from './clean-up.ts';
import { closeJob } from './close-job.ts';
import type { Task } from './context.ts';
import { followRestore } from './follow-restore.ts';
import { STEP_LIBRARY } from '../steps/library.ts';
import { openJob } from './open-job.ts';
import { stepTasks } from './run-steps.ts';
import { startRestore } from './start-restore.ts';
import { verifyRestore } from './verify-restore.ts';
import { writeReport } from './write-report.ts';

/** Every task by the name of its workflow state. */
export const TASKS = {
  OpenJob: openJob,
  CheckTarget: checkTarget,
  ChooseRecoveryPoint: chooseRecoveryPoint,
  CheckRecoveryPoint: checkRecoveryPoint,
  StartRestore: startRestore,
  FollowRestore: followRestore,
  VerifyRestore: verifyRestore,
  CleanUp: cleanUp,
  CloseJob: closeJob,
  ...stepTasks(STEP_LIBRARY),
  WriteReport: writeReport,
} satisfies Readonly<Record<string, Task>>;
