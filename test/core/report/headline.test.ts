import { describe, expect, test } from 'vitest';
import { headline, outcomeOf } from '../../../core/report/headline.ts';
import * as cases from './cases.ts';
import { passedDrill, reportOf } from './fixtures.ts';

describe('the headline', () => {
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
      `${report.source.project}/orders was restored onto ${report.target!.project}/orders in`,
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
