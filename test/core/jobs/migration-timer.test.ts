import { expect, it } from 'vitest';
import { expiryWarning, secondsToExpiry } from '../../../core/jobs/migration-timer.ts';
import { at } from './cutover-job.ts';

const HOUR = 3600;

it.each([
  [0, undefined],
  [71.9, undefined],
  [72, 48],
  [95.9, 48],
  [96, 24],
  [108, 12],
  [114, 6],
  [119, 1],
  [120, 1],
  [500, 1],
])('%d hours after a migration was ready, the warning is that of %s hours left', (hours, warning) => {
  expect(expiryWarning(at(0), at(hours * HOUR))).toBe(warning);
  expect(secondsToExpiry(at(0), at(hours * HOUR))).toBeCloseTo((120 - hours) * HOUR);
});
