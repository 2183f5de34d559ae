import { describe, expect, test } from 'vitest';
import type { RestoreJob } from '../../../../core/jobs/job.ts';
import { headline } from '../../../../core/report/headline.ts';
import { renderReport } from '../../../../core/report/html.ts';
import { practiceStep } from '../../../support/practice-steps.ts';
import { at, passedDrill, reportOf, type Case } from '../fixtures.ts';

function withSteps(changes: Partial<RestoreJob> = {}): Case {
  const made = passedDrill();
  const steps = {
    ready: [practiceStep('no open alerts', { use: 'alerts' })],
    after: [
      practiceStep('peer <b>', { use: 'network-peering' }),
      practiceStep('index', { use: 'search-index' }),
    ],
    cleanup: [practiceStep('unpin', { use: 'unpin-fcv' })],
  };
  return {
    ...made,
    job: {
      ...made.job,
      runbook: { ...made.job.runbook, ...steps },
      steps: {
        'ready/no open alerts': {
          use: 'alerts',
          status: 'done',
          startedAt: at(2),
          endedAt: at(3.5),
          seconds: 1.5,
          message: 'No alert is open.',
          evidence: { open: 0, types: 'NO_PRIMARY' },
        },
        'after/peer <b>': {
          use: 'network-peering',
          status: 'failed',
          startedAt: at(253),
          sentAt: at(253),
          endedAt: at(254),
          seconds: 1,
          message: 'Atlas answered 403 & said "no".',
        },
      },
      ...changes,
    },
  };
}

describe('the steps in a report', () => {
  test('are all there, also those that did not begin', () => {
    const { steps } = reportOf(withSteps());
    expect(steps.map(({ stage, name, status, seconds }) => [stage, name, status, seconds])).toEqual([
      ['ready', 'no open alerts', 'done', 1.5],
      ['after', 'peer <b>', 'failed', 1],
      ['after', 'index', null, null],
      ['cleanup', 'unpin', null, null],
    ]);
    expect(steps[0]?.evidence).toEqual({ open: 0, types: 'NO_PRIMARY' });
    expect(JSON.parse(JSON.stringify(steps))).toStrictEqual(steps);
  });

  test('have a section of the page, in which everything is escaped', () => {
    const page = renderReport(reportOf(withSteps()));
    const section = /<section id="steps"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
    for (const part of [
      'no open alerts',
      'alerts, before anything is changed',
      'No alert is open.',
      'NO_PRIMARY',
      'peer &lt;b&gt;',
      '403 &amp; said',
      'Not begun',
      '1 of 4 done, 1 failed, 0 could not look, 2 not begun or not ended.',
    ]) {
      expect(section).toContain(part);
    }
  });

  test('have no section when the runbook has none', () => {
    expect(renderReport(reportOf(passedDrill()))).not.toContain('id="steps"');
  });

  test('are named in the headline when they failed a restore that was done', () => {
    const failure = { name: 'StepFailedError', message: 'Step "peer <b>" failed.', at: at(254) };
    const report = reportOf(withSteps({ status: 'FAILED', verdict: 'failed', failure }));
    expect(headline(report)).toContain('but 1 step (peer <b>) failed');
  });
});
