import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  ApprovalDecision,
  ApprovalRecord,
  RefusedBecause,
} from '../../../../core/jobs/approval-record.ts';
import { hashedPlan } from '../../../../core/jobs/approvals/plan-hash.ts';
import { planOfJob } from '../../../../core/jobs/approvals/plan-of-job.ts';
import { judgeDecisions, refusalOf, standingOf } from '../../../../core/jobs/approvals/rules.ts';
import { decisionText } from '../../../../core/jobs/approvals/wording.ts';
import { sentence } from '../../../../core/sentence.ts';
import { sampleJob } from '../sample-job.ts';

const ASKED = '2026-08-10T12:00:00.000Z';
const UNTIL = '2026-08-10T16:00:00.000Z';
const LATER = '2026-08-10T13:00:00.000Z';

const job = sampleJob({ startedBy: { type: 'cli', who: 'olga' } });
const facts = planOfJob(job);
const planFor = (jobId: string, number = 1, changed = facts) =>
  hashedPlan({ jobId, gate: 'job', number, rule: { count: 2 }, until: UNTIL }, changed);

function asked(changes: Partial<ApprovalRecord> = {}): ApprovalRecord {
  return {
    number: 1,
    plan: planFor(job.jobId),
    rule: { count: 2 },
    requestedAt: ASKED,
    until: UNTIL,
    decisions: [],
    ...changes,
  };
}

function said(who: string, changes: Partial<ApprovalDecision> = {}): ApprovalDecision {
  return {
    decision: 'approve',
    by: { type: 'cli', who },
    reason: 'looked at it',
    at: LATER,
    plan: planFor(job.jobId).hash,
    ...changes,
  };
}

interface Case {
  readonly what: string;
  readonly request?: ApprovalRecord | undefined;
  readonly decision: ApprovalDecision;
  readonly because: RefusedBecause | undefined;
}

const changedGuard = { ...facts, guards: [{ name: 'target-idle', outcome: 'unknown' as const }] };

const CASES: readonly Case[] = [
  { what: 'somebody else, in time, for this plan', decision: said('anna'), because: undefined },
  {
    what: 'a rejection counts like an approval',
    decision: said('anna', { decision: 'reject' }),
    because: undefined,
  },
  { what: 'exactly when it was asked', decision: said('anna', { at: ASKED }), because: undefined },
  { what: 'nobody was asked', request: undefined, decision: said('anna'), because: 'not-asked' },
  {
    what: 'said before it was asked',
    decision: said('anna', { at: '2026-08-10T11:59:59.999Z' }),
    because: 'not-asked',
  },
  { what: 'exactly when the time was over', decision: said('anna', { at: UNTIL }), because: 'late' },
  { what: 'an instant that is none', decision: said('anna', { at: 'yesterday' }), because: 'late' },
  ...(['approved', 'rejected', 'expired'] as const).map((outcome): Case => ({
    what: `after it was ${outcome}`,
    request: asked({ outcome }),
    decision: said('anna'),
    because: 'late',
  })),
  { what: 'whoever started it', decision: said('olga'), because: 'own-job' },
  { what: 'whoever started it, in capitals', decision: said('OLGA'), because: 'own-job' },
  { what: 'whoever started it, with spaces', decision: said(' olga '), because: 'own-job' },
  {
    what: 'whoever started it, from elsewhere',
    decision: said('olga', { by: { type: 'http', who: 'olga' } }),
    because: 'own-job',
  },
  {
    what: 'whoever started it, to reject it',
    decision: said('olga', { decision: 'reject' }),
    because: 'own-job',
  },
  {
    what: 'whoever started it, though the runbook names them',
    request: asked({ rule: { count: 1, from: ['olga', 'anna'] } }),
    decision: said('olga'),
    because: 'own-job',
  },
  {
    what: 'somebody whom the runbook names',
    request: asked({ rule: { count: 1, from: ['anna', 'ben'] } }),
    decision: said('Ben'),
    because: undefined,
  },
  {
    what: 'somebody whom the runbook does not name',
    request: asked({ rule: { count: 1, from: ['anna', 'ben'] } }),
    decision: said('carl'),
    because: 'not-an-approver',
  },
  { what: 'nobody in particular', decision: said('  '), because: 'not-identified' },
  {
    what: 'a session of a role, whose name its caller chose',
    decision: said('arn:aws:sts::111111111111:assumed-role/Approvers/anna'),
    because: 'not-identified',
  },
  {
    what: 'a federated user',
    decision: said('arn:aws:sts::111111111111:federated-user/anna'),
    because: 'not-identified',
  },
  {
    what: 'the plan of another job',
    decision: said('anna', { plan: planFor('01KAJ3W0Q4X9GZ5M1T2R8C7B6A').hash }),
    because: 'other-plan',
  },
  {
    what: 'the plan as it was before a guard changed',
    request: asked({ plan: planFor(job.jobId, 2, changedGuard), number: 2 }),
    decision: said('anna'),
    because: 'other-plan',
  },
  {
    what: 'the same plan, asked for again',
    request: asked({ plan: planFor(job.jobId, 2), number: 2 }),
    decision: said('anna'),
    because: 'other-plan',
  },
  { what: 'no plan at all', decision: said('anna', { plan: '' }), because: 'other-plan' },
  {
    what: 'said already',
    request: asked({ decisions: [said('anna')] }),
    decision: said('Anna'),
    because: 'decided-already',
  },
  {
    what: 'the contrary of what they said already',
    request: asked({ decisions: [said('anna')] }),
    decision: said('anna', { decision: 'reject' }),
    because: 'decided-already',
  },
  { what: 'played, of a real job', decision: said('anna', { played: true }), because: 'played' },
];

it.each(CASES)('$what: $because', (one) => {
  const request = 'request' in one ? one.request : asked();
  expect(refusalOf(one.decision, request, job)).toBe(one.because);
});

it('takes no approval of one person with two permission sets', () => {
  const session = (set: string, name: string) =>
    `arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_${set}_0123456789abcdef/${name}`;
  const own = { ...job, startedBy: { type: 'http' as const, who: session('Operator', 'bob') } };
  expect(refusalOf(said(session('Approver', 'Bob')), asked(), own)).toBe('own-job');
  expect(refusalOf(said(session('Approver', 'ann')), asked(), own)).toBeUndefined();
  const approved = asked({ decisions: [said(session('Approver', 'ann'))] });
  expect(refusalOf(said(session('Operator', 'ann')), approved, own)).toBe('decided-already');
});

it('takes a played approval for a simulated job alone', () => {
  const simulated = { ...job, simulation: { seed: 1, speed: 60 } };
  expect(refusalOf(said('anna', { played: true }), asked(), simulated)).toBeUndefined();
});

describe('how a request stands', () => {
  const standing = (decisions: ApprovalDecision[], changes: Partial<ApprovalRecord> = {}, now = LATER) =>
    standingOf(asked({ decisions, ...changes }), job, now);

  it('is open until enough different people have approved', () => {
    expect(standing([])).toBe('open');
    expect(standing([said('anna')])).toBe('open');
    expect(standing([said('anna'), said('ben')])).toBe('approved');
  });

  it('takes one person for one, however often they are on record', () => {
    expect(standing([said('anna'), said('Anna '), said('ANNA')])).toBe('open');
  });

  it('is rejected by one no, also after an approval', () => {
    expect(standing([said('anna'), said('ben', { decision: 'reject' })])).toBe('rejected');
  });

  it('is a no when the time is over in silence, and stays approved when it was', () => {
    expect(standing([said('anna')], {}, UNTIL)).toBe('expired');
    expect(standing([said('anna'), said('ben')], {}, '2026-08-12T00:00:00.000Z')).toBe('approved');
  });

  it.each([
    ['by whoever started it', said('olga')],
    ['by somebody whom the runbook does not name', said('mallory')],
    ['for another plan', said('ben', { plan: planFor('01KAJ3W0Q4X9GZ5M1T2R8C7B6A').hash })],
    ['after the time was over', said('ben', { at: UNTIL })],
    ['before it was asked', said('ben', { at: '2026-08-09T12:00:00.000Z' })],
  ])('is not moved by a decision that was written into the record %s', (_how, forged) => {
    const rule = { count: 2, from: ['anna', 'ben', 'olga'] };
    expect(standing([said('anna'), forged], { rule })).toBe('open');
    expect(judgeDecisions(asked({ rule, decisions: [forged] }), job)[0]?.refused).toBeDefined();
  });

  it('does not believe an outcome that no decisions led to', () => {
    expect(standing([], { outcome: 'approved' })).toBe('open');
    expect(standing([said('anna'), said('ben')], { outcome: 'approved' })).toBe('approved');
    expect(standing([said('anna'), said('ben')], { outcome: 'rejected' })).toBe('rejected');
  });

  it('is approved only by as many different others as the rule wants, whatever is on record', () => {
    const people = fc.constantFrom('olga', 'Olga', 'anna', 'ANNA', 'ben', 'carl', 'mallory', '');
    const decision = fc.record({
      who: people,
      decision: fc.constantFrom('approve' as const, 'reject' as const),
      at: fc.constantFrom(LATER, UNTIL, '2026-08-10T11:00:00.000Z'),
      plan: fc.constantFrom(planFor(job.jobId).hash, planFor('X').hash),
    });
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), fc.integer({ min: 1, max: 3 }), (all, count) => {
        const rule = { count, from: ['anna', 'ben', 'carl', 'olga'] };
        const decisions = all.map(({ who, ...rest }) => said(who, rest));
        const sound = all.filter(
          ({ who, at, plan }) =>
            ['anna', 'ben', 'carl'].includes(who.toLowerCase()) &&
            at === LATER &&
            plan === planFor(job.jobId).hash,
        );
        const first = new Map(sound.toReversed().map((one) => [one.who.toLowerCase(), one.decision]));
        const votes = [...first.values()];
        const expected = votes.includes('reject') ? 'rejected' : votes.length >= count ? 'approved' : 'open';
        expect(standing(decisions, { rule })).toBe(expected);
      }),
    );
  });
});

it.each([
  ['looked at it', 'anna approved it: looked at it.'],
  ['Looked at it. ', 'anna approved it: Looked at it.'],
  ['why not?', 'anna approved it: why not?'],
  ['ben says "go on."', 'anna approved it: ben says "go on."'],
  ['(as agreed)', 'anna approved it: (as agreed).'],
  ['.', 'anna approved it.'],
  ['👍', 'anna approved it: 👍.'],
])('a decision is told as one sentence, whatever its reason: %s', (reason, told) => {
  expect(sentence(decisionText(said('anna', { reason })))).toBe(told);
});
