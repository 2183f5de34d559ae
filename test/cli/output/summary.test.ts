import { describe, expect, it } from 'vitest';
import { jobDocument } from '../../../cli/job-document.ts';
import { jobLines } from '../../../cli/output/job-facts.ts';
import { summaryLines } from '../../../cli/output/summary.ts';
import { textWidth } from '../../../cli/output/wrap.ts';
import type { CutoverJob } from '../../../core/jobs/job.ts';
import { ALL_CASES } from '../../core/report/all-cases.ts';
import {
  cutOverAlready,
  failedAfterCutover,
  passedCutover,
  refusedCutover,
  simulatedCutover,
  stillStopped,
  unsettledCutover,
  writeStopTooLong,
} from '../../core/report/cutover-cases.ts';
import { passedDrill, reportOf, type Case } from '../../core/report/fixtures.ts';
import { passedRun, runInProgress } from '../../core/report/pipeline-cases.ts';
import { COLORED, PLAIN } from './plain-colors.ts';

const MADE = Object.entries(ALL_CASES).map(([name, make]) => [name, make()] as const);
const LAYOUT = { width: 80, colors: PLAIN, reportPath: '.lifeboat/reports/job.html' };

describe.each(MADE)('%s', (_name, made) => {
  const report = reportOf(made);

  it('fits 80 columns, in colour and without, and says what there is to do', () => {
    for (const lines of [summaryLines, jobLines]) {
      const plain = lines(report, LAYOUT);
      expect(Math.max(...plain.map(textWidth))).toBeLessThanOrEqual(80);
      expect(lines(report, { ...LAYOUT, colors: COLORED }).map(textWidth)).toEqual(plain.map(textWidth));
      const text = plain.join(' ').replace(/\s+/g, ' ');
      expect(text).toContain(report.jobId);
      expect(text).toContain(LAYOUT.reportPath);
      for (const { name, outcome } of [...report.guards, ...report.checks]) {
        if (outcome !== 'pass') expect(text).toContain(`${name}: `);
      }
      if (report.failure?.next !== undefined) expect(text).toContain(report.failure.next.split('\n')[0]);
    }
  });
});

describe('the summary of a cutover', () => {
  const text = (made: Case<CutoverJob>) =>
    summaryLines(reportOf(made), LAYOUT).join(' ').replace(/\s+/g, ' ');

  it('tells how long writes were stopped and who approved', () => {
    expect(text(passedCutover())).toContain(
      'Write stop 3 min 12 s, from 2026-08-10 09:06:40 to 09:09:52 UTC',
    );
    expect(text(passedCutover())).toContain('Approvals the job: by anna, ben');
    expect(text(simulatedCutover())).toContain('by anna (played), ben (played)');
    expect(text(refusedCutover())).toContain('refused by ben');
  });

  it('prints the rollback procedure where people may need it, and only there', () => {
    expect(text(failedAfterCutover())).toContain('1. Keep the shop off.');
    expect(text(unsettledCutover())).toContain('1. Keep the shop off.');
    expect(text(stillStopped())).toContain('1. Keep the shop off.');
    for (const made of [passedCutover(), writeStopTooLong(), cutOverAlready()]) {
      expect(text(made)).not.toContain('Keep the shop off.');
    }
  });
});

it('tells where a run has written to once it is done, and not what is only to come', () => {
  const text = (made: Parameters<typeof reportOf>[0]) => summaryLines(reportOf(made), LAYOUT).join('\n');
  expect(text(passedRun())).toMatch(/Written to.*orders\$v1/);
  expect(text(passedRun())).toContain('kept until');
  const { job, ...rest } = runInProgress();
  const run = { ...job.run, state: 'PENDING', deletedAt: '2026-10-09T03:31:40.000Z' };
  expect(text({ ...rest, job: { ...job, run } })).not.toMatch(/Written to|kept until/);
});

it('gives programs the length of a write stop, and neither the token nor the count of writes', () => {
  const { job } = passedCutover();
  const document: unknown = JSON.parse(jobDocument({ ...job, taskToken: 'a-token-of-the-host' }));
  expect(document).toMatchObject({ jobId: job.jobId, writeStopSeconds: 192 });
  expect(document).not.toHaveProperty('taskToken');
  expect(document).not.toHaveProperty('version');
  expect(JSON.parse(jobDocument(stillStopped().job))).toMatchObject({ writeStopSeconds: null });
  expect(JSON.parse(jobDocument(passedDrill().job))).not.toHaveProperty('writeStopSeconds');
});
