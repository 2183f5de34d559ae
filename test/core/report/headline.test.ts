import { describe, expect, test } from 'vitest';
import { headline } from '../../../core/report/headline.ts';
import { outcomeOf } from '../../../core/report/outcome.ts';
import * as campaigns from './campaign-cases.ts';
import * as cases from './cases.ts';
import * as cutovers from './cutover-cases.ts';
import { MIGRATION } from './cutover-night.ts';
import { passedDrill, PROJECT, reportOf } from './fixtures.ts';
import * as runs from './pipeline-cases.ts';

describe('the headline', () => {
  test.each([
    ['Campaign passed: 3 of 3 drills passed.', campaigns.passedCampaign, 'passed'],
    [
      'Campaign failed: 0 of 3 drills passed, 1 failed, 1 inconclusive, 1 did not begin.',
      campaigns.failedCampaign,
      'failed',
    ],
    ['Campaign stopped by 1 guard (clusters-found): nothing was drilled.', campaigns.emptyCampaign, 'failed'],
    ['Campaign still running: 3 clusters to drill.', campaigns.runningCampaign, 'running'],
  ])('%s', (sentence, make, outcome) => {
    const report = reportOf(make());
    expect(outcomeOf(report)).toBe(outcome);
    expect(headline(report)).toBe(sentence);
  });

  test.each([
    ['Drill passed: orders was restored onto orders-drill in 4 min 12 s.', passedDrill, 'passed'],
    [
      'Simulated drill passed: orders was restored onto orders-drill in 4 min 12 s.',
      cases.simulatedDrill,
      'passed',
    ],
    ['Drill passed: a download of orders was ready in 3 s.', cases.download, 'passed'],
    [
      'Restore inconclusive: orders was restored onto orders-copy in 4 min 12 s, but 1 check (restore-event) could not look.',
      cases.inconclusive,
      'inconclusive',
    ],
    [
      'Drill failed: orders was restored onto orders-drill in 4 min 12 s, but the recovery time objective was missed by 12 s.',
      cases.missedObjective,
      'failed',
    ],
    [
      'Drill failed: Atlas finished the restore of orders onto orders-drill, but 1 check (no-new-alerts) failed.',
      cases.failedCheck,
      'failed',
    ],
    [
      'Drill stopped by 1 guard (target-not-protected): Lifeboat has not touched orders-drill.',
      cases.failedGuard,
      'failed',
    ],
    ['Drill failed: the restore of orders onto orders-drill failed in Atlas.', cases.failedRestore, 'failed'],
    ['Drill cancelled: Lifeboat has not touched orders-drill.', cases.cancelled, 'cancelled'],
    [
      'Drill still running: the restore of orders onto orders-drill is under way.',
      cases.stillRunning,
      'running',
    ],
    ['Drill not started yet.', cases.pending, 'pending'],
  ])('%s', (sentence, make, outcome) => {
    const report = reportOf(make());
    expect(outcomeOf(report)).toBe(outcome);
    expect(headline(report)).toBe(sentence);
  });

  test('names the projects where both clusters have the same name', () => {
    const report = reportOf(passedDrill());
    const named = headline({ ...report, target: { project: report.target!.project, cluster: 'orders' } });
    expect(named).toContain(
      `${report.source!.project}/orders was restored onto ${report.target!.project}/orders in`,
    );
  });

  test('does not claim that the target is untouched while a request is unsettled', () => {
    const report = reportOf(cases.failedRestore());
    const unsettled = headline({
      ...report,
      failure: { ...report.failure!, name: 'RestoreUnsettledError' },
      atlas: { ...report.atlas, restoreJobId: null },
    });
    expect(unsettled).toBe(
      'Drill failed: the restore of orders onto orders-drill was requested; whether Atlas took it is not known.',
    );
  });

  test('says when a cancelled job left a restore under way in Atlas', () => {
    const report = reportOf(cases.stillRunning());
    expect(headline({ ...report, status: 'CANCELLED', verdict: 'failed' })).toBe(
      'Drill cancelled: the restore of orders onto orders-drill was under way.',
    );
  });

  test('says when a guard that could not look stopped the job', () => {
    const report = reportOf(cases.failedGuard());
    const guards = report.guards.filter((guard) => guard.outcome !== 'fail');
    expect(headline({ ...report, guards })).toContain(
      'stopped because 1 guard (target-not-paused) could not look',
    );
  });
});

describe('the headline of a cutover', () => {
  const migration = `live migration ${MIGRATION}`;
  const follow = 'follow the rollback procedure of the runbook';

  test.each([
    [
      `Cutover passed: ${migration} was cut over into orders-new; writes were stopped for 3 min 12 s.`,
      cutovers.passedCutover,
    ],
    [
      `Simulated cutover passed: ${migration} was cut over into orders-new; writes were stopped for 3 min 12 s.`,
      cutovers.simulatedCutover,
    ],
    [
      `Cutover inconclusive: ${migration} was cut over into orders-new; writes were stopped for 3 min 12 s, but 1 check (database-users) could not look.`,
      cutovers.inconclusiveCutover,
    ],
    [
      'Cutover failed before the point of no return: the cutover was not reached within the 10 min without writes that the runbook allows; writes are back on the source after a stop of 10 min 12 s.',
      cutovers.writeStopTooLong,
    ],
    [
      `Cutover failed before the point of no return: ${migration} failed in Atlas; writes are still stopped.`,
      cutovers.stillStopped,
    ],
    [
      `Cutover failed after the point of no return: ${migration} was cut over into orders-new, but 1 check (database-users) failed; writes are still stopped; ${follow}.`,
      cutovers.failedAfterCutover,
    ],
    [
      `Cutover failed at the point of no return: whether Atlas carries out the cutover of ${migration} is not known; writes are still stopped; ${follow}.`,
      cutovers.unsettledCutover,
    ],
    [
      `Cutover stopped: ${migration} had been cut over already; nothing was changed.`,
      cutovers.cutOverAlready,
    ],
    [
      'Cutover stopped before the point of no return because an approval was refused; writes were not stopped.',
      cutovers.refusedCutover,
    ],
    [
      `Cutover cancelled before the point of no return: the cutover of ${migration} was not asked for; writes were not stopped.`,
      cutovers.cancelledCutover,
    ],
    ['Cutover still running: an approval is waited for.', cutovers.waitingForPeople],
    [`Cutover still running: ${migration} is not ready for its cutover yet.`, cutovers.watchingMigration],
    [
      `Cutover still running: ${migration} is ready for its cutover; writes are stopped.`,
      cutovers.writesStopped,
    ],
  ])('%s', (sentence, make) => {
    expect(headline(reportOf(make()))).toBe(sentence);
  });

  test('sends nobody back once the application writes to the target', () => {
    const { job, ...rest } = cutovers.passedCutover();
    const failed = { ...job, status: 'FAILED', verdict: 'failed' } as const;
    expect(headline(reportOf({ ...rest, job: failed }))).toBe(
      `Cutover failed after the point of no return: ${migration} was cut over into orders-new, but the job did not complete; writes go to the target after a stop of 3 min 12 s.`,
    );
  });

  test('does not claim that writes go on while a step that stops them has begun', () => {
    const { job, ...rest } = cutovers.refusedCutover();
    const steps = {
      'stopWrites/stop the shop': { use: 'webhook', status: 'running', startedAt: job.createdAt },
    } as const;
    expect(headline(reportOf({ ...rest, job: { ...job, steps } }))).toContain(
      'whether writes are stopped is not known',
    );
  });

  test('does not say that nothing was changed when steps had run', () => {
    const { job } = cutovers.writesStopped();
    const cutover = { ...job.cutover, status: 'COMPLETE', foundCutOverAt: job.updatedAt };
    const found = {
      ...cutovers.cutOverAlready(),
      job: { ...cutovers.cutOverAlready().job, steps: job.steps, cutover },
    };
    expect(headline(reportOf(found))).toBe(
      `Cutover stopped: ${migration} had been cut over already, and not by this job; writes are still stopped.`,
    );
  });
});

describe('the headline of the run of a pipeline', () => {
  const run = `run ${runs.RUN} of pipeline orders-nightly`;

  test.each([
    [`Pipeline run passed: ${run} is done and exported 1,204,331 documents, 3.21 GiB.`, runs.passedRun],
    [
      `Pipeline run failed: ${run} is done and exported 12 documents, 4 KiB, but 1 check (enough-documents) failed.`,
      runs.tooFewDocuments,
    ],
    [
      `Pipeline run inconclusive: ${run} is done, but 1 check (enough-documents) could not look.`,
      runs.untoldRun,
    ],
    [`Pipeline run failed: Atlas says that ${run} is FAILED.`, runs.failedRun],
    [`Pipeline run failed: Atlas does not know ${run}.`, runs.goneRun],
    [
      `Pipeline run passed: snapshot export job ${runs.EXPORT} of ${PROJECT}/orders is done and exported 16 collections.`,
      runs.exportedInstead,
    ],
    [`Pipeline run still running: ${run} is IN_PROGRESS, phase EXPORT.`, runs.runInProgress],
    [
      `Pipeline run cancelled: ${run} was IN_PROGRESS, phase EXPORT when it was last looked at.`,
      runs.cancelledRun,
    ],
  ])('%s', (sentence, make) => {
    expect(headline(reportOf(make()))).toBe(sentence);
  });
});
