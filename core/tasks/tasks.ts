import { awaitDecision } from './await-decision.ts';
import { endDrill } from './campaign/end-drill.ts';
import { judgeCampaign } from './campaign/judge-campaign.ts';
import { listSources } from './campaign/list-sources.ts';
import { startDrill } from './campaign/start-drill.ts';
import { checkApproval } from './check-approval.ts';
import { checkRecoveryPoint } from './check-recovery-point.ts';
import { checkTarget } from './check-target.ts';
import { chooseRecoveryPoint } from './choose-recovery-point.ts';
import { cleanUp } from './clean-up.ts';
import { closeJob } from './close-job.ts';
import type { Task } from './context.ts';
import { checkCutover } from './cutover/check-cutover.ts';
import { checkMigration } from './cutover/check-migration.ts';
import { followCutover } from './cutover/follow-cutover.ts';
import { followMigration } from './cutover/follow-migration.ts';
import { readLag } from './cutover/read-lag.ts';
import { startCutover } from './cutover/start-cutover.ts';
import { takeSnapshot } from './cutover/take-snapshot.ts';
import { verifyCutover } from './cutover/verify-cutover.ts';
import { followRestore } from './follow-restore.ts';
import { KIND_BY_USE } from '../steps/kinds.ts';
import { openJob } from './open-job.ts';
import { checkRun } from './pipeline/check-run.ts';
import { followRun } from './pipeline/follow-run.ts';
import { resumePipeline } from './pipeline/resume-pipeline.ts';
import { verifyRun } from './pipeline/verify-run.ts';
import { stepTasks } from './run-steps.ts';
import { sendNotices } from './send-notices.ts';
import { startRestore } from './start-restore.ts';
import { verifyRestore } from './verify-restore.ts';
import { writeReport } from './write-report.ts';

/** Every task by the name of its workflow state. */
export const TASKS = {
  OpenJob: openJob,
  CheckTarget: checkTarget,
  ChooseRecoveryPoint: chooseRecoveryPoint,
  CheckRecoveryPoint: checkRecoveryPoint,
  CheckApproval: checkApproval,
  AwaitDecision: awaitDecision,
  StartRestore: startRestore,
  FollowRestore: followRestore,
  VerifyRestore: verifyRestore,
  CheckMigration: checkMigration,
  FollowMigration: followMigration,
  CheckCutover: checkCutover,
  ReadLag: readLag,
  StartCutover: startCutover,
  FollowCutover: followCutover,
  VerifyCutover: verifyCutover,
  TakeSnapshot: takeSnapshot,
  CheckRun: checkRun,
  ResumePipeline: resumePipeline,
  FollowRun: followRun,
  VerifyRun: verifyRun,
  ListSources: listSources,
  StartDrill: startDrill,
  EndDrill: endDrill,
  JudgeCampaign: judgeCampaign,
  CleanUp: cleanUp,
  CloseJob: closeJob,
  ...stepTasks(KIND_BY_USE),
  SendNotices: sendNotices,
  WriteReport: writeReport,
} satisfies Readonly<Record<string, Task>>;
