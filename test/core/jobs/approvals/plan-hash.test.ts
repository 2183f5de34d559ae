import { describe, expect, it } from 'vitest';
import { hashedPlan } from '../../../../core/jobs/approvals/plan-hash.ts';
import type { PlanFacts } from '../../../../core/jobs/approvals/plan-of-job.ts';

const QUESTION = {
  jobId: '01KAJ3W0Q4X9GZ5M1T2R8C7B6A',
  gate: 'job',
  number: 1,
  rule: { count: 2 },
  until: '2026-08-10T07:00:00.000Z',
};
const FACTS: PlanFacts = {
  runbook: 'a'.repeat(64),
  action: 'Restore a onto b',
  erases: 'b',
  recoveryPoint: { time: '2026-08-10T00:00:00.000Z', snapshotId: '0123456789abcdef01234567' },
  guards: [
    { name: 'target-idle', outcome: 'pass' },
    { name: 'same-kind', outcome: 'pass' },
  ],
};

const base = hashedPlan(QUESTION, FACTS).hash;

describe('the hash of a plan', () => {
  it('is the same for the same plan, in whatever order its parts were written', () => {
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    const { guards, recoveryPoint, erases, action, runbook } = FACTS;
    const turned = {
      guards,
      ...(recoveryPoint && { recoveryPoint }),
      ...(erases && { erases }),
      action,
      runbook,
    };
    expect(hashedPlan(QUESTION, turned).hash).toBe(base);
  });

  it.each([
    ['job', { jobId: '01KAJ3W0Q4X9GZ5M1T2R8C7B6B' }, {}],
    ['gate', { gate: 'before/quiet' }, {}],
    ['number', { number: 2 }, {}],
    ['rule', { rule: { count: 1 } }, {}],
    ['time to answer', { until: '2026-08-11T07:00:00.000Z' }, {}],
    ['runbook', {}, { runbook: 'b'.repeat(64) }],
    ['action', {}, { action: 'Restore a onto c' }],
    ['what is erased', {}, { erases: 'c' }],
    ['recovery point', {}, { recoveryPoint: { time: null, snapshotId: '0123456789abcdef01234567' } }],
    ['outcome of a guard', {}, { guards: [{ name: 'target-idle', outcome: 'unknown' as const }] }],
  ])('is another one with another %s', (_what, question, facts) => {
    expect(hashedPlan({ ...QUESTION, ...question }, { ...FACTS, ...facts }).hash).not.toBe(base);
  });
});
