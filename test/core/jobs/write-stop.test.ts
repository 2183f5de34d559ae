import { describe, expect, it, test } from 'vitest';
import type { StepRecord } from '../../../core/jobs/step-record.ts';
import {
  isWriteStopBegun,
  writesStoppedAt,
  writeStopLeft,
  writeStopSeconds,
} from '../../../core/jobs/write-stop.ts';
import { at, cutoverJob } from './cutover-job.ts';

const record = (changes: Partial<StepRecord>): StepRecord => ({
  use: 'webhook',
  status: 'running',
  startedAt: at(0),
  ...changes,
});

describe('when writes were stopped', () => {
  it.each([
    ['not before a step has begun', undefined, undefined],
    ['not while a person is asked', record({}), undefined],
    ['when the request was sent', record({ sentAt: at(7) }), at(7)],
    [
      'when it was sent, not when it was done',
      record({ sentAt: at(7), status: 'done', endedAt: at(30) }),
      at(7),
    ],
    ['when a person has confirmed it', record({ status: 'done', endedAt: at(30) }), at(30)],
    [
      'when nobody confirmed it, which the runbook takes as a warning',
      record({ status: 'warned', endedAt: at(30) }),
      at(30),
    ],
    ['not when a person has denied it', record({ status: 'failed', endedAt: at(30) }), undefined],
  ])('%s', (_case, stop, expected) => {
    const job = cutoverJob(stop === undefined ? {} : { steps: { 'stopWrites/stop': stop } });
    expect(writesStoppedAt(job)).toBe(expected);
    expect(isWriteStopBegun(job)).toBe(stop !== undefined);
  });

  it('stays what it was first, also when the request is sent again', () => {
    const cutover = { readings: [], attempts: 0, writesStoppedAt: at(5) };
    const job = cutoverJob({ cutover, steps: { 'stopWrites/stop': record({ sentAt: at(90) }) } });
    expect(writesStoppedAt(job)).toBe(at(5));
    expect(writeStopLeft(job, at(65))).toBe(540);
  });

  it('leaves all the time there is until then', () => {
    expect(writeStopLeft(cutoverJob(), at(5000))).toBe(600);
  });
});

it('is as long as whole seconds, and not known before writes are back', () => {
  const cutover = { readings: [], attempts: 0, writesStoppedAt: at(5) };
  expect(writeStopSeconds(cutoverJob({ cutover }))).toBeNull();
  expect(writeStopSeconds(cutoverJob({ cutover: { ...cutover, writesBackAt: at(125.4) } }))).toBe(120);
  expect(
    writeStopSeconds(cutoverJob({ cutover: { readings: [], attempts: 0, writesBackAt: at(9) } })),
  ).toBeNull();
});

test.each([
  [5.9, 125.1, 120],
  [5.1, 125.9, 120],
  [5, 125.9, 120],
  [5.4, 5.6, 0],
])('is what lies between the instants as they are printed: %f to %f', (stopped, back, seconds) => {
  const cutover = { readings: [], attempts: 0, writesStoppedAt: at(stopped), writesBackAt: at(back) };
  expect(writeStopSeconds(cutoverJob({ cutover }))).toBe(seconds);
});
