import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timelineDrawing } from '../../../../core/report/page/timeline-drawing.ts';
import { toText } from '../../../../core/report/page/template.ts';
import type { Report } from '../../../../core/report/report.ts';
import { ALL_CASES } from '../all-cases.ts';
import { download, failedRestore, stillRunning } from '../cases.ts';
import { passedCutover } from '../cutover-cases.ts';
import { at, passedDrill, reportOf } from '../fixtures.ts';
import { readMarkup, type Tag } from '../markup.ts';

function draw(report: Report): readonly Tag[] {
  return readMarkup(toText(timelineDrawing(report))).tags;
}

function bars(report: Report): { x: number; width: number; open: boolean }[] {
  return draw(report)
    .filter((tag) => tag.attributes.class?.startsWith('bar') === true)
    .map(({ attributes }) => ({
      x: Number.parseFloat(attributes.x!),
      width: Number.parseFloat(attributes.width!),
      open: attributes.class === 'bar open',
    }));
}

describe('the drawn timeline', () => {
  test('places each phase by its share of the whole time', () => {
    const [guard, , restore, verify] = bars(reportOf(passedDrill()));
    expect(guard!.x).toBeCloseTo((0.4 / 256.4) * 100, 2);
    expect(restore!.width).toBeCloseTo((226.8 / 256.4) * 100, 2);
    expect(verify!.x).toBeCloseTo((231 / 256.4) * 100, 2);
  });

  test('keeps a phase of no length in sight by a line at its start', () => {
    const report = reportOf(download());
    const starts = draw(report).filter((tag) => tag.attributes.class === 'start');
    expect(bars(report).map((bar) => bar.width)).toEqual([0, 0, 100, 0]);
    expect(starts.map((tag) => tag.attributes.x1)).toEqual(['0%', '0%', '0%', '100%']);
  });

  test('draws a phase that is under way as open, up to the moment of the report', () => {
    expect(bars(reportOf(stillRunning())).at(-1)).toEqual({ x: 3, width: 97, open: true });
  });

  test('marks every event at its time', () => {
    const marks = draw(reportOf(failedRestore())).filter((tag) => tag.attributes.class === 'event');
    expect(marks).toHaveLength(47);
    expect(Number.parseFloat(marks[6]!.attributes.x1!)).toBeCloseTo((700 / 32_580) * 100, 2);
  });

  test.each(Object.entries(ALL_CASES))(
    '%s has a title and a description for those who cannot see it',
    (_name, make) => {
      const [svg, title, desc] = draw(reportOf(make()));
      expect([title?.name, desc?.name]).toEqual(['title', 'desc']);
      expect(svg?.attributes['aria-labelledby']).toBe(`${title!.attributes.id!} ${desc!.attributes.id!}`);
    },
  );

  test('stays inside its frame, however odd the instants', () => {
    const report = reportOf(passedDrill());
    const count = report.phases.length;
    const second = fc.integer({ min: -1000, max: 1_000_000_000 }).map((milliseconds) => milliseconds / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(second, second), { minLength: count, maxLength: count }), (spans) => {
        const phases = report.phases.map((phase, index) => {
          const [from, to] = spans[index]!;
          return { ...phase, startedAt: at(from), endedAt: at(to), seconds: to - from };
        });
        for (const { x, width } of bars({ ...report, phases })) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(width).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(100.001);
        }
      }),
    );
  });

  test('marks the time without writes behind the phases, to scale', () => {
    const report = reportOf(passedCutover());
    const band = draw(report).find((tag) => tag.attributes.class === 'band');
    expect(Number.parseFloat(band!.attributes.x!)).toBeCloseTo((22_000 / 22_490) * 100, 2);
    expect(Number.parseFloat(band!.attributes.width!)).toBeCloseTo((192 / 22_490) * 100, 2);
    expect(draw(reportOf(passedDrill())).some((tag) => tag.attributes.class === 'band')).toBe(false);
  });
});
