import { awaitDecision } from './tasks/await-decision.ts';
import { endDrill } from './tasks/campaign/end-drill.ts';
import { judgeCampaign } from './tasks/campaign/judge-campaign.ts';
import { listSources } from './tasks/campaign/list-sources.ts';
import { startDrill } from './tasks/campaign/start-drill.ts';
import { checkApproval } from './tasks/check-approval.ts';
import { checkRecoveryPoint } from './tasks/check-recovery-point.ts';
import { checkTarget } from './tasks/check-target.ts';
import { chooseRecoveryPoint } from './tasks/choose-recovery-point.ts';
import { cleanUp } from './tasks/clean-up.ts';
import { closeJob } from './tasks/close-job.ts';
import { checkCutover } from './tasks/cutover/check-cutover.ts';
import { checkMigration } from './tasks/cutover/check-migration.ts';
import { followCutover } from './tasks/cutover/follow-cutover.ts';
import { followMigration } from './tasks/cutover/follow-migration.ts';
import { readLag } from './tasks/cutover/read-lag.ts';
import { startCutover } from './tasks/cutover/start-cutover.ts';
import { takeSnapshot } from './tasks/cutover/take-snapshot.ts';
import { verifyCutover } from './tasks/cutover/verify-cutover.ts';
import { followRestore } from './tasks/follow-restore.ts';
import type { TaskRow } from './tasks/needs.ts';
import { openJob } from './tasks/open-job.ts';
import { checkRun } from './tasks/pipeline/check-run.ts';
import { followRun } from './tasks/pipeline/follow-run.ts';
import { resumePipeline } from './tasks/pipeline/resume-pipeline.ts';
import { verifyRun } from './tasks/pipeline/verify-run.ts';
import { stepTasks } from './tasks/run-steps.ts';
import { sendNotices } from './tasks/send-notices.ts';
import { startRestore } from './tasks/start-restore.ts';
import { verifyRestore } from './tasks/verify-restore.ts';
import { writeReport } from './tasks/write-report.ts';
import { KIND_BY_USE } from './steps/kinds.ts';

// The table of tasks, by the name of their workflow state: what runs, and what that needs. Everything that knows tasks is derived from
// it: the local engine, the bundles of the functions on AWS, what their roles may do, and docs/reference/tasks.md. Rows are exports of
// their own, without side effects, so that the bundle of a function holds the code of one row.

export const OpenJob = { run: openJob, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const CheckTarget = { run: checkTarget, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const ChooseRecoveryPoint = {
  run: chooseRecoveryPoint,
  needs: ['atlas', 'outbound'],
} satisfies TaskRow;
export const CheckRecoveryPoint = { run: checkRecoveryPoint, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const CheckApproval = { run: checkApproval, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const AwaitDecision = { run: awaitDecision, needs: ['outbound', 'wake'] } satisfies TaskRow;
export const StartRestore = { run: startRestore, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const FollowRestore = { run: followRestore, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const VerifyRestore = { run: verifyRestore, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const CheckMigration = { run: checkMigration, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const FollowMigration = { run: followMigration, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const CheckCutover = { run: checkCutover, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const ReadLag = { run: readLag, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const StartCutover = { run: startCutover, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const FollowCutover = { run: followCutover, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const VerifyCutover = { run: verifyCutover, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const TakeSnapshot = { run: takeSnapshot, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const CheckRun = { run: checkRun, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const ResumePipeline = { run: resumePipeline, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const FollowRun = { run: followRun, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const VerifyRun = { run: verifyRun, needs: ['atlas', 'outbound', 'lists'] } satisfies TaskRow;
export const ListSources = { run: listSources, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const StartDrill = { run: startDrill, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const EndDrill = { run: endDrill, needs: ['outbound'] } satisfies TaskRow;
export const JudgeCampaign = { run: judgeCampaign, needs: ['outbound'] } satisfies TaskRow;
export const CleanUp = { run: cleanUp, needs: ['atlas', 'outbound'] } satisfies TaskRow;
export const CloseJob = { run: closeJob, needs: ['outbound'] } satisfies TaskRow;
export const SendNotices = { run: sendNotices, needs: ['outbound'] } satisfies TaskRow;
export const WriteReport = { run: writeReport, needs: ['reports'] } satisfies TaskRow;

export const RunReadySteps = /* @__PURE__ */ stepRow('RunReadySteps');
export const RunBeforeSteps = /* @__PURE__ */ stepRow('RunBeforeSteps');
export const RunVerifySteps = /* @__PURE__ */ stepRow('RunVerifySteps');
export const RunAfterSteps = /* @__PURE__ */ stepRow('RunAfterSteps');
export const RunCleanupSteps = /* @__PURE__ */ stepRow('RunCleanupSteps');
export const RunStopSteps = /* @__PURE__ */ stepRow('RunStopSteps');
export const RunSwitchSteps = /* @__PURE__ */ stepRow('RunSwitchSteps');
export const RunResumeSteps = /* @__PURE__ */ stepRow('RunResumeSteps');

/** The row of a list of steps: a step may read or change whatever its kind is for. */
function stepRow(name: keyof ReturnType<typeof stepTasks>) {
  return { run: stepTasks(KIND_BY_USE)[name], needs: ['atlas', 'outbound'] } satisfies TaskRow;
}
