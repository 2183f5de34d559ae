import { describe, expect, it } from 'vitest';
import { jobLines } from '../../../cli/output/job-facts.ts';
import { summaryLines } from '../../../cli/output/summary.ts';
import { textWidth } from '../../../cli/output/wrap.ts';
import { CASES } from '../../core/report/cases.ts';
import { reportOf } from '../../core/report/fixtures.ts';
import { COLORED, PLAIN } from './plain-colors.ts';

const MADE = Object.entries(CASES).map(([name, make]) => [name, make()] as const);
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
