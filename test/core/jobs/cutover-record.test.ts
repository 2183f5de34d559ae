import { describe, expect, it } from 'vitest';
import { sideOf, withoutIntent, type CutoverRecord } from '../../../core/jobs/cutover-record.ts';
import { at } from './cutover-job.ts';

const intent = { at: at(60), attempt: 2, lagSeconds: 1 };
const readings = [{ at: at(50), lagSeconds: 1 }];
const record = (changes: Partial<CutoverRecord>): CutoverRecord => ({ readings, attempts: 2, ...changes });

describe('the side of a cutover', () => {
  it.each([
    ['before', {}],
    ['unknown', { intent }],
    ['after', { intent, acceptedAt: at(61) }],
    ['after', { intent, acceptedAt: at(61), adopted: true as const }],
    ['after', { intent, acceptedAt: at(61), completedAt: at(300) }],
    ['after', { foundCutOverAt: at(10) }],
  ])('is %s of %j', (side, changes) => {
    expect(sideOf(record(changes))).toBe(side);
  });
});

it('an intent that led to nothing leaves no trace but the count of requests', () => {
  const taken = record({ intent, acceptedAt: at(61), adopted: true, writesStoppedAt: at(1) });
  expect(withoutIntent(taken)).toEqual({ readings: [], attempts: 2, writesStoppedAt: at(1) });
  const none = record({});
  expect(withoutIntent(none)).toBe(none);
});
