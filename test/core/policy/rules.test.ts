import { describe, expect, it } from 'vitest';
import { approvalNeeded } from '../../../core/jobs/approvals/needed.ts';
import { isImpossible, strictestRule } from '../../../core/policy/approval-rule.ts';
import { overriddenFields, permits } from '../../../core/policy/origin.ts';
import { parsePolicy } from '../../../core/policy/parse-policy.ts';
import { NO_POLICY, stricter, type Policy } from '../../../core/policy/policy.ts';
import { policyRefusals } from '../../../core/policy/refusals.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { runbookText } from '../../support/rehearsal.ts';

const TARGET = '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill';
const policyOf = (text: string): Policy => parsePolicy(text, 'policy.yaml').policy;
const runbookOf = (parts: Record<string, string> = {}) => parseRunbook(runbookText(parts), 'runbook.yaml');
const needing = (targets: string, more = '') => policyOf(`approvals: [{ targets: [${targets}]${more} }]`);

describe('the approval that a policy requires', () => {
  it.each([TARGET, '5e2f1c0a9d3b7a4c8e6f0a02/*', "'*'", TARGET.replace('orders-drill', 'Orders-DRILL')])(
    'is asked for a drill onto a target of %s',
    (targets) => {
      const rule = approvalNeeded({ runbook: runbookOf(), policy: needing(targets, ', count: 2') });
      expect(rule).toMatchObject({ count: 2, within: 4 * 3600 });
    },
  );

  it.each(['5e2f1c0a9d3b7a4c8e6f0a02/orders', '5e2f1c0a9d3b7a4c8e6f0a01/*'])(
    'is not asked for another target: %s',
    (targets) => {
      expect(approvalNeeded({ runbook: runbookOf(), policy: needing(targets) })).toBeUndefined();
    },
  );

  it('is asked for a download by its source, whose data leaves Atlas', () => {
    const runbook = runbookOf({ kind: 'restore', target: '', delivery: 'download' });
    expect(approvalNeeded({ runbook, policy: needing('5e2f1c0a9d3b7a4c8e6f0a01/orders') })).toBeDefined();
  });

  it('is asked for whatever a step destroys beyond one project', () => {
    const after =
      '[{ name: gone, use: revoke-jwks, confirm: idp, with: { federation: 5e2f1c0a9d3b7a4c8e6f0b04, identityProvider: idp } }]';
    const policy = needing('5e2f1c0a9d3b7a4c8e6f0a08/orders');
    expect(approvalNeeded({ runbook: runbookOf({ after }), policy })).toBeDefined();
    expect(approvalNeeded({ runbook: runbookOf(), policy })).toBeUndefined();
  });

  it('takes the most of each: a runbook may ask for more, never for less', () => {
    const policy = needing(TARGET, ', count: 2, within: 2h, from: [anna, ben, carl]');
    const rule = (approval: string) => approvalNeeded({ runbook: runbookOf({ approval }), policy });
    expect(rule('{ count: 1, within: 20h }')).toEqual({
      count: 2,
      within: 7200,
      from: ['anna', 'ben', 'carl'],
    });
    expect(rule('{ count: 3, within: 10m, from: [Carl, anna, BEN, dora] }')).toEqual({
      count: 3,
      within: 600,
      from: ['Carl', 'anna', 'BEN'],
    });
  });

  it('that nobody could give forbids the job', () => {
    const policy = needing(TARGET, ', count: 2, from: [anna, ben]');
    const runbook = runbookOf({ approval: '{ from: [ben, dora] }' });
    expect(policyRefusals({ runbook, policy })[0]).toContain('1 are left, and 2 have to');
    expect(isImpossible({ count: 2, within: 1, from: ['ben', ' BEN '] })).toBe(true);
    expect(strictestRule([])).toBeUndefined();
  });
});

describe('a policy of kept runbooks', () => {
  const runbook = runbookOf();

  it('forbids a runbook that was brought along, and one of which nobody knows where it is from', () => {
    const policy = policyOf('runbooks: kept');
    expect(policyRefusals({ runbook, policy, origin: { overridden: [] } })).toHaveLength(1);
    expect(policyRefusals({ runbook, policy })).toHaveLength(1);
    expect(policyRefusals({ runbook, policy, origin: { kept: 'nightly', overridden: [] } })).toEqual([]);
  });

  it('forbids every override that it does not list', () => {
    const overridden = overriddenFields({ approval: null, guards: null, objectives: { rto: '2h' } });
    expect(overridden).toEqual(['approval', 'guards', 'objectives.rto']);
    const [refusal] = policyRefusals({
      runbook,
      policy: policyOf('overrides: [objectives]'),
      origin: { kept: 'nightly', overridden },
    });
    expect(refusal).toContain('overrides approval, guards of the runbook');
    expect(policyRefusals({ runbook, policy: NO_POLICY, origin: { kept: 'nightly', overridden } })).toEqual(
      [],
    );
  });

  it.each([
    [['guards.unknown'], 'guards', false],
    [['guards.unknown'], 'guards.unknown', true],
    [['guards'], 'guards.unknown', true],
    [['guard'], 'guards', false],
    [['guards'], 'guardsome', false],
  ])('lists %j: %s may be overridden: %s', (fields, path, may) => {
    expect(permits(fields, path)).toBe(may);
  });

  it('counts a field that a map takes the place of, were it empty', () => {
    expect(overriddenFields({ guards: {}, objectives: { rto: null } })).toEqual(['guards', 'objectives.rto']);
  });
});

describe('the stricter of two policies', () => {
  const one = policyOf(
    'protectedClusters: [5e2f1c0a9d3b7a4c8e6f0a01/*]\noverrides: [recoveryPoint, objectives]\nbreakGlass: true\nallowedProjects: [5e2f1c0a9d3b7a4c8e6f0a02, 5e2f1c0a9d3b7a4c8e6f0a03]',
  );
  const other = policyOf(
    `runbooks: kept\noverrides: [objectives]\napprovals: [{ targets: ['*'] }]\nallowedProjects: [5e2f1c0a9d3b7a4c8e6f0a03]`,
  );

  it('requires what either requires, whichever comes first', () => {
    for (const both of [stricter(one, other), stricter(other, one)]) {
      expect(both).toMatchObject({
        protectedClusters: ['5e2f1c0a9d3b7a4c8e6f0a01/*'],
        allowedProjects: ['5e2f1c0a9d3b7a4c8e6f0a03'],
        runbooks: 'kept',
        overrides: ['objectives'],
        breakGlass: false,
      });
      expect(both.approvals).toHaveLength(1);
    }
  });

  it('has the hash of the second, and stays the same when it is applied again', () => {
    const both = stricter(one, other);
    expect(both.hash).toBe(other.hash);
    expect(stricter(both, other)).toEqual(both);
    expect(stricter(one, NO_POLICY)).toMatchObject({ hash: one.hash, breakGlass: false });
  });
});
