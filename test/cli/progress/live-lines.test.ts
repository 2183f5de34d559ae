import { describe, expect, it } from 'vitest';
import { liveLines } from '../../../cli/progress/live-lines.ts';
import { textWidth } from '../../../cli/output/wrap.ts';
import { CASES } from '../../core/report/cases.ts';
import { at, passedDrill } from '../../core/report/fixtures.ts';
import { COLORED, PLAIN } from '../output/plain-colors.ts';

const MADE = Object.entries(CASES).map(([name, make]) => [name, make()] as const);

describe.each([60, 80, 120])('in %i columns', (width) => {
  it.each(MADE)('%s fits, and its lines stand still', (_name, { job, timeline }) => {
    const event = timeline.at(-1);
    const state = { job, speed: 60, now: Date.parse(job.updatedAt), ...(event !== undefined && { event }) };
    const shapes = [0, 1, 11].map((frame) => liveLines({ ...state, frame }, width, COLORED).map(textWidth));
    expect(Math.max(...(shapes[0] ?? []))).toBeLessThan(width);
    // A drawing that changes its shape flickers.
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
  });
});

it('shows how far a running job is, and promises nothing', () => {
  const { job } = passedDrill();
  const { guard, recoveryPoint } = job.phases;
  const phases = {
    ...(guard && { guard }),
    ...(recoveryPoint && { recoveryPoint }),
    restore: { startedAt: at(60) },
  };
  const restoring = {
    ...job,
    status: 'RUNNING' as const,
    phases: { ...phases, restore: { startedAt: at(60) } },
  };
  const lines = liveLines({ job: restoring, speed: 1, frame: 0, now: Date.parse(at(300)) }, 80, PLAIN).join(
    '\n',
  );
  expect(lines).toMatch(/✓ Guard .*\n.*✓ Recovery point .*\n.*⠋ Restore +restore job \w+ +4 min\n.*· Verify/);
  expect(lines).toMatch(/4 min 16 s of the 30 min that the objective allows/);
});

it('blames the guards when they stopped the restore', () => {
  const { job } = passedDrill();
  const { verify, ...phases } = job.phases;
  expect(verify).toBeDefined();
  const failure = { name: 'GuardsFailedError', message: 'No.', at: at(9) };
  const lines = liveLines(
    { job: { ...job, status: 'FAILED', phases, failure }, speed: 1, frame: 0, now: 0 },
    80,
    PLAIN,
  );
  expect(lines.join('\n')).toMatch(/✗ Guard .*\n.*✓ Recovery point.*\n.*· Restore\n.*· Verify/);
});
