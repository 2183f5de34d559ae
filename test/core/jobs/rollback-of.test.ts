import { describe, expect, it } from 'vitest';
import { rollbackOf } from '../../../core/jobs/rollback-of.ts';
import type { RunbookError } from '../../../core/runbooks/runbook-error.ts';
import { PLACEHOLDERS } from '../../../core/runbooks/rollback.ts';
import { nightText, parseCutover } from '../../support/cutovers.ts';
import { at, cutoverJob } from './cutover-job.ts';

const EVERY = Object.keys(PLACEHOLDERS)
  .map((name) => `${name}={{${name}}}`)
  .join('\\n');

describe('the rollback procedure of a job', () => {
  it('has every name and time filled in', () => {
    const job = cutoverJob(
      {
        startedAt: at(1),
        atlas: { snapshotId: '6a0000000000000000000001' },
        failure: { name: 'CutoverFailedError', message: 'Atlas says FAILED.', at: at(700) },
        cutover: {
          readings: [],
          attempts: 1,
          status: 'FAILED',
          writesStoppedAt: at(500),
          writesBackAt: at(900),
          intent: { at: at(560), attempt: 1, lagSeconds: 1 },
          acceptedAt: at(561),
          completedAt: at(800),
        },
      },
      { rollback: `"${EVERY}"` },
    );
    const text = rollbackOf(job, at(1000));
    expect(text.split('\n')).toEqual([
      'job=01KAJ3W0Q4X9GZ5M1T2R8C7B6A',
      'runbook=orders-night',
      'migration=5e2f1c0a9d3b7a4c8e6f0e11',
      'status=FAILED',
      'source=5e2f1c0a9d3b7a4c8e6f0a01/orders',
      'target=5e2f1c0a9d3b7a4c8e6f0a04/orders',
      'side=after',
      'reason=Atlas says FAILED.',
      `startedAt=${at(1)}`,
      `writesStoppedAt=${at(500)}`,
      `writesBackAt=${at(900)}`,
      'writeStopSeconds=400',
      `cutoverAskedAt=${at(560)}`,
      `cutoverCompletedAt=${at(800)}`,
      'snapshot=6a0000000000000000000001',
      `now=${at(1000)}`,
    ]);
  });

  it('says what did not happen, and leaves no brace behind', () => {
    const text = rollbackOf(cutoverJob({}, { source: '', rollback: `"${EVERY}"` }), at(5));
    expect(text).not.toMatch(/[{}]|undefined|null/);
    expect(text).toContain('cutoverAskedAt=not asked for');
    expect(text).toContain('source=the source (not in Atlas)');
  });

  it('does not fill in what was filled in: a message with braces stays as it is', () => {
    const failure = { name: 'StepFailedError', message: 'It said {{job}}.', at: at(3) };
    expect(rollbackOf(cutoverJob({ failure }, { rollback: '"{{ reason }}"' }), at(5))).toBe(
      'It said {{job}}.',
    );
  });
});

describe('a runbook', () => {
  const mistakes = (parts: Readonly<Record<string, string>>) => {
    try {
      parseCutover(nightText(parts));
      return [];
    } catch (error) {
      return (error as RunbookError).problems.map(({ path, message }) => `${path} ${message}`);
    }
  };

  it('may not name what nothing can be filled in for', () => {
    expect(mistakes({ rollback: '"{{side}} {{jobb}} {{constructor}}"' })).toEqual([
      expect.stringMatching(
        /^rollback names \{\{jobb\}\}, which nothing can be filled in for: there are job, runbook/,
      ),
      expect.stringMatching(/^rollback names \{\{constructor\}\}/),
    ]);
  });

  it('has to leave time for the readings of the lag', () => {
    const lag = '{ atMost: 5s, readings: 4, every: 30s }';
    expect(mistakes({ lag, maxWriteStop: '90s' })).toEqual([
      'maxWriteStop is too short: the 4 readings of lag alone take 90 s',
    ]);
    expect(mistakes({ lag, maxWriteStop: '91s' })).toEqual([]);
  });

  it.each(['stopWrites', 'switchWrites', 'resumeWrites'])('has to say how writes are handled: %s', (key) => {
    expect(mistakes({ [key]: '[]' })).toEqual([`${key} is empty: at least one step`]);
  });
});
