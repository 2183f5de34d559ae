import { describe, expect, test } from 'vitest';
import { toText } from '../../../../core/report/page/template.ts';
import { writeStopDrawing } from '../../../../core/report/page/write-stop-drawing.ts';
import { failedAfterCutover, passedCutover, writeStopTooLong } from '../cutover-cases.ts';
import { at, reportOf, type Case } from '../fixtures.ts';
import type { CutoverJob } from '../../../../core/jobs/job.ts';
import { readMarkup } from '../markup.ts';

const STOPPED = at(22_000);

function draw(made: Case<CutoverJob>, until: string) {
  const { tags, text } = readMarkup(toText(writeStopDrawing(reportOf(made).cutover!, STOPPED, until)));
  const ofClass = (name: string) => tags.filter(({ attributes }) => attributes.class === name);
  return { text, ofClass };
}

describe('the drawn write stop', () => {
  test('places what happened in it by its share of the time', () => {
    const { ofClass, text } = draw(passedCutover(), at(22_490));
    expect(ofClass('stop')[0]?.attributes.width).toBe('100%');
    const places = ofClass('event').map(({ attributes }) => Number.parseFloat(attributes.x1!));
    expect(places.map((place) => Math.round((place / 100) * 192))).toEqual([40, 61, 150]);
    expect(text).toContain('3 min 12 s');
    expect(text).toContain('Cutover asked for, after 1 min 1 s');
  });

  test('is open up to the end of the report while writes are not back', () => {
    const { ofClass, text } = draw(failedAfterCutover(), at(22_190));
    expect(ofClass('stop')).toEqual([]);
    expect(ofClass('stop open')[0]?.attributes.width).toBe('100%');
    expect(text).toContain('not back yet');
  });

  test('has nothing in it where nothing came of it', () => {
    const { ofClass } = draw(writeStopTooLong(), at(22_640));
    expect(ofClass('event')).toEqual([]);
  });
});
