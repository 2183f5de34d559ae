import { describe, expect, it } from 'vitest';
import { STAGES } from '../../../core/runbooks/steps/stages.ts';
import { approval } from '../../../core/steps/approval.ts';
import { projectOf } from '../../../core/steps/protocol/step-kind.ts';
import { DRILLS } from './checking.ts';

const asked = (more: Record<string, unknown> = {}) =>
  approval.with.parse({ prompt: 'The order service is read-only.', ...more });

describe('approval', () => {
  it('waits for one other person unless it says otherwise', () => {
    expect(asked()).toMatchObject({ count: 1 });
    expect(approval.summary(asked(), {})).toBe(
      'Wait until somebody else approves: The order service is read-only.',
    );
    const two = asked({ count: 2, from: ['anna', 'ben', 'chris'] });
    expect(approval.summary(two, {})).toMatch(/^Wait until 2 others of anna, ben, chris approves: /);
  });

  it.each([
    ['no prompt', ''],
    ['a prompt of blanks', '   '],
    ['a prompt of two lines', 'The service\nis read-only.'],
    ['a prompt that is too long', 'x'.repeat(501)],
  ])('is refused with %s', (_what, prompt) => {
    expect(approval.with.safeParse({ prompt }).success).toBe(false);
  });

  it('may stand in every list, changes nothing and touches no project', () => {
    expect(approval).toMatchObject({ stages: STAGES, effect: 'check', destroys: false, operations: {} });
    const target = { project: DRILLS, cluster: 'orders-drill' };
    expect(projectOf(approval, asked(), { target })).toBeUndefined();
  });
});
