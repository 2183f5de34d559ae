import { afterEach, describe, expect, it } from 'vitest';
import { planJob } from '../../../core/commands/plan-job.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';
import { STEPS } from './real-steps.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

const DRILLS = '5e2f1c0a9d3b7a4c8e6f0a02';

describe('a plan of a runbook with steps', () => {
  async function planOf(parts: Record<string, string>, protectedClusters: string[] = []) {
    rehearsal = await openRehearsal();
    const { atlas, clock } = rehearsal;
    const runbook = parseRunbook(runbookText(parts), 'test.yaml');
    return planJob({ runbook, policy: { protectedClusters }, seed: 1 }, atlas, clock);
  }

  it('begins with what is destroyed, then tells everything in order, with operations and roles', async () => {
    const { steps } = await planOf(STEPS);
    expect(steps[0]).toBe(
      'DESTROYS, in step "nodes" of cleanup: Delete the search nodes of orders-drill. The runbook confirms it as orders-drill.',
    );
    const order = [
      '"no alerts" of ready',
      '"room" of ready',
      '"pin" of before',
      'ERASE orders-drill',
      'Follow',
      'Verify it',
      '"same users" of verify',
      '"slow" of after',
      '"unpin" of cleanup',
      '"nodes" of cleanup',
      'Judge',
    ];
    const places = order.map((part) => steps.slice(1).findIndex((step) => step.includes(part)));
    expect(places).toEqual(order.map((_, index) => index));
    expect(steps.find((step) => step.includes('"slow"'))).toContain(
      'enableManagedSlowMs needs Project Owner',
    );
  });

  it('holds the steps as data, too', async () => {
    const { runbookSteps } = await planOf(STEPS);
    expect(runbookSteps.map(({ stage, name, destroys }) => [stage, name, destroys])).toEqual([
      ['ready', 'no alerts', false],
      ['ready', 'room', false],
      ['before', 'pin', false],
      ['verify', 'same users', false],
      ['after', 'slow', false],
      ['cleanup', 'unpin', false],
      ['cleanup', 'nodes', true],
    ]);
  });

  it('of steps that would destroy in a protected project is not ok', async () => {
    const plan = await planOf(STEPS, [`${DRILLS}/another`]);
    expect(plan.ok).toBe(false);
    expect(plan.guards.find(({ name }) => name === 'step-not-on-protected')?.outcome).toBe('fail');
  });
});

describe('a plan of a restore that people have to approve', () => {
  async function stepsOf(parts: Record<string, string>, protectedClusters: string[]) {
    rehearsal = await openRehearsal();
    const { atlas, clock } = rehearsal;
    const text = runbookText({ kind: 'restore', ...parts });
    const runbook = parseRunbook(text, 'test.yaml');
    return (await planJob({ runbook, policy: { protectedClusters }, seed: 1 }, atlas, clock)).steps;
  }

  it('says so where the runbook does, and where a protected cluster is overwritten', async () => {
    const target = `${DRILLS}/orders-drill`;
    const named = await stepsOf({ approval: '{ from: [anna, ben], count: 2, within: 2h }' }, []);
    expect(named[0]).toBe(
      'Wait for the approval of 2 others of anna, ben; without it within 2 h nothing is restored.',
    );
    await rehearsal?.close();
    const guarded = await stepsOf({ guards: `{ confirmErase: erase ${target} }` }, [target]);
    expect(guarded[0]).toBe(
      'Wait for the approval of one other person; without it within 4 h nothing is restored.',
    );
    await rehearsal?.close();
    expect((await stepsOf({}, []))[0]).toContain('ERASE');
  });
});
