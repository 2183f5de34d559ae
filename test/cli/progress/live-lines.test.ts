import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { liveLines, type LiveState } from '../../../cli/progress/live-lines.ts';
import { textWidth } from '../../../cli/output/wrap.ts';
import { secondsBetween } from '../../../core/clock.ts';
import type { OutlookAt } from '../../../core/commands/job-outlook.ts';
import type { Duration } from '../../../core/durations.ts';
import type { CutoverJob } from '../../../core/jobs/job.ts';
import { outlook } from '../../../core/polling/outlook.ts';
import { between } from '../../core/polling/durations-of.ts';
import { ALL_CASES } from '../../core/report/all-cases.ts';
import {
  CUTOVER_CASES,
  passedCutover,
  waitingForPeople,
  watchingMigration,
  writesStopped,
} from '../../core/report/cutover-cases.ts';
import { at, passedDrill, type Case } from '../../core/report/fixtures.ts';
import { runInProgress, RUN } from '../../core/report/pipeline-cases.ts';
import { COLORED, PLAIN } from '../output/plain-colors.ts';

const MADE = Object.entries(ALL_CASES).map(([name, make]) => [name, make()] as const);

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

describe('the live list of a cutover', () => {
  const shown = ({ job, generatedAt }: Case<CutoverJob>) =>
    liveLines({ job, speed: 1, frame: 0, now: Date.parse(generatedAt) }, 80, PLAIN).join('\n');

  it('shows how far the target is behind while the migration is watched', () => {
    expect(shown(watchingMigration())).toMatch(/⠋ Migration +WORKING, lag 7 min 11 s/);
  });

  it('shows what is left until the migration expires, whom it waits for, and the command', () => {
    const lines = shown(waitingForPeople());
    expect(lines).toMatch(/✓ Migration +ready; may expire in 5 d/);
    const late = waitingForPeople();
    const sixDays = Date.parse(late.generatedAt) + 6 * 86_400_000;
    expect(liveLines({ job: late.job, speed: 1, frame: 0, now: sixDays }, 80, PLAIN).join('\n')).toMatch(
      /ready; may expire at any time/,
    );
    expect(lines).toMatch(/⠋ Approval +1 of 2: anna/);
    expect(lines).toContain('Approval by 2 others of anna, ben, chris is wanted');
    expect(lines).toContain('lifeboat jobs approve 01K29T6Q00CUTOVERJ0B000001 --reason TEXT');
  });

  it('counts the time without writes against what the runbook allows, and says at the end how long it was', () => {
    expect(shown(writesStopped())).toMatch(/⠋ Catching up +3 of 3 readings low, lag 0 s/);
    expect(shown(writesStopped())).toContain('writes stopped for 1 min of 10 min at most');
    expect(shown(passedCutover())).toContain('writes were stopped for 3 min 12 s');
    expect(shown(passedCutover())).not.toContain('expires');
  });

  it('fits a terminal of 24 lines', () => {
    for (const make of Object.values(CUTOVER_CASES))
      expect(shown(make()).split('\n').length).toBeLessThan(24);
  });
});

it('names the run that is followed and its phase', () => {
  const { job, generatedAt } = runInProgress();
  const lines = liveLines({ job, speed: 1, frame: 0, now: Date.parse(generatedAt) }, 80, PLAIN).join('\n');
  expect(lines).toContain(`run ${RUN} of orders-nightly`);
  expect(lines).toMatch(/⠋ Run +EXPORT/);
  expect(lines).not.toContain('Approval');
});

it('keeps both clusters in sight where their names are the same and their projects are long', () => {
  const { job, generatedAt } = watchingMigration();
  const target = { ...job.runbook.target, cluster: 'orders' };
  const same = { ...job, runbook: { ...job.runbook, target } };
  const lines = (width: number) =>
    liveLines({ job: same, speed: 1, frame: 0, now: Date.parse(generatedAt) }, width, PLAIN).join('\n');
  expect(lines(80)).toContain('…e9f0/orders → …e9f1/orders  ');
  expect(lines(120)).toContain('64b0c1d2e3f4a5b6c7d8e9f0/orders → 64b0c1d2e3f4a5b6c7d8e9f1/orders');
});

describe('how long a restore still takes', () => {
  const restoring = (): LiveState => {
    const { job } = passedDrill();
    const { guard, recoveryPoint } = job.phases;
    const phases = {
      ...(guard && { guard }),
      ...(recoveryPoint && { recoveryPoint }),
      restore: { startedAt: at(60) },
    };
    return { job: { ...job, status: 'RUNNING', phases }, speed: 1, frame: 0, now: Date.parse(at(160)) };
  };
  const restoreFor =
    (own: readonly Duration[]): OutlookAt =>
    (now) => ({ phase: 'restore', ...outlook(secondsBetween(at(60), now), { own }) });

  it.each([60, 80, 120])('stands as a bar and in words below the restore, in %i columns', (width) => {
    const lines = liveLines({ ...restoring(), outlook: restoreFor(between(150, 350, 41)) }, width, COLORED);
    expect(Math.max(...lines.map(textWidth))).toBeLessThan(width);
    const plain = lines.map(stripVTControlCharacters);
    const below = plain[plain.findIndex((line) => line.includes('⠋ Restore')) + 1]!;
    expect(below).toMatch(/^ {4}━+─+ {2}likely 2 to 3 min more/);
    expect(below.includes('nine in ten done by')).toBe(width >= 80);
  });

  it('is not told of by a bar where nothing is known', () => {
    const lines = liveLines({ ...restoring(), outlook: restoreFor([]) }, 80, PLAIN).join('\n');
    expect(lines).toMatch(/⠋ Restore.*\n {4}too little is known to say how long it takes\n/);
    expect(lines).not.toMatch(/[━─%]/);
  });

  it('is over with the phase, and with the command', () => {
    const known = { ...restoring(), outlook: restoreFor(between(150, 350, 41)) };
    const { job } = known;
    const done = { ...job, phases: { ...job.phases, restore: { startedAt: at(60), endedAt: at(150) } } };
    expect(liveLines({ ...known, job: done }, 80, PLAIN).join('\n')).not.toContain('likely');
    expect(liveLines({ ...known, stopped: true }, 80, PLAIN).join('\n')).not.toContain('likely');
  });
});
