import { describe, expect, it } from 'vitest';
import type { MigrationFacts } from '../../../../core/runbooks/guards/migration.ts';
import { isLow, isStanding, looksTaken, type Reading } from '../../../../core/tasks/cutover/reading.ts';
import { fateOf } from '../../../../core/tasks/cutover/settle-cutover.ts';
import { SETTLE_SECONDS } from '../../../../core/tasks/settle-seconds.ts';
import { at } from '../../jobs/cutover-job.ts';

const LAG = { atMost: 5, readings: 3, every: 10 };
const GOOD: MigrationFacts = { status: 'WORKING', ready: true, lagSeconds: 5 };

describe('a reading that lets a cutover be asked for', () => {
  it.each([
    ['at the threshold', {}, true],
    ['without any lag', { lagSeconds: 0 }, true],
    ['just over it', { lagSeconds: 6 }, false],
    ['without a lag, which is not zero', { lagSeconds: null }, false],
    ['not ready', { ready: false }, false],
    ['new', { status: 'NEW' }, false],
    ['complete', { status: 'COMPLETE' }, false],
    ['of a status that is new to us', { status: 'PAUSING' }, false],
  ])('%s', (_case, changes, low) => {
    expect(isLow({ ...GOOD, ...changes }, LAG)).toBe(low);
  });

  it('needs a status', () => {
    expect(isLow({ ready: true, lagSeconds: 0 }, LAG)).toBe(false);
  });
});

it('no reading looks like both: taken, and standing', () => {
  for (const ready of [true, false])
    for (const lagSeconds of [null, 0, 9])
      expect(
        isStanding({ status: 'WORKING', ready, lagSeconds }) &&
          looksTaken({ status: 'WORKING', ready, lagSeconds }),
      ).toBe(false);
});

describe('what became of a request of which there is no answer', () => {
  const intent = { at: at(0), attempt: 1, lagSeconds: 1 };
  const read = (changes: Partial<MigrationFacts>, seconds: number): Reading => ({
    at: at(seconds),
    ...GOOD,
    ...changes,
  });

  it.each([
    ['complete', { status: 'COMPLETE', ready: false, lagSeconds: null }, 5, 'taken'],
    ['neither ready nor with a lag', { ready: false, lagSeconds: null }, 5, 'taken'],
    ['failed', { status: 'FAILED', ready: false, lagSeconds: null }, 5, 'over'],
    ['expired', { status: 'EXPIRED', ready: false, lagSeconds: null }, 5, 'over'],
    ['as before, while the request may still arrive', {}, SETTLE_SECONDS, 'open'],
    ['as before, once it can no longer arrive', {}, SETTLE_SECONDS + 1, 'not-carried-out'],
    ['ready without a lag, however late', { lagSeconds: null }, SETTLE_SECONDS + 1, 'open'],
    ['not ready with a lag, however late', { ready: false }, SETTLE_SECONDS + 1, 'open'],
    ['of a status that is new to us', { status: 'PAUSING', ready: false, lagSeconds: null }, 5, 'open'],
  ])('%s', (_case, changes, seconds, fate) => {
    expect(fateOf(read(changes, seconds), intent)).toBe(fate);
  });
});
