import { beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../core/atlas/resources.ts';
import { STEP_KINDS } from '../../core/steps/kinds.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { FAULTS } from './faults.ts';
import { referenceOf, runsOf, type Reference } from './judge.ts';
import { SCENARIOS } from './scenarios.ts';
import { EFFECT_KINDS, possibleEffects } from './stage/effects.ts';
import { deliveredTasks, tasksIn } from './reach.ts';

const WORKFLOWS = ['restore', 'cutover', 'pipeline', 'campaign'] as const;

let references: readonly Reference[];
beforeAll(async () => {
  const all: Reference[] = [];
  for (const scenario of SCENARIOS) all.push(await referenceOf(scenario));
  references = all;
}, 60_000);

describe('the scenarios together', () => {
  it.each(WORKFLOWS)('deliver every task of %s.asl.yaml', (name) => {
    const wanted = tasksIn(readWorkflow(name));
    expect(wanted.length).toBeGreaterThan(5);
    const delivered = deliveredTasks(references, name);
    expect(wanted.filter((task) => !delivered.has(task))).toEqual([]);
  });

  it('deliver every task that there is', () => {
    const delivered = new Set(references.flatMap(({ tasks }) => tasks));
    expect(Object.keys(TASKS).filter((task) => !delivered.has(task))).toEqual([]);
  });

  it('make every kind of effect that tasks can make', () => {
    const made = new Set(
      references.flatMap(({ points }) => points.map(({ kind, name }) => `${kind} ${name}`)),
    );
    expect(possibleEffects().filter((effect) => !made.has(effect))).toEqual([]);
  });

  it('make every change that a step can make', () => {
    const changes = OPERATIONS.filter(({ effect }) => effect === 'change').map(
      ({ operationId }) => operationId,
    );
    const wanted = STEP_KINDS.flatMap(({ operations }) => Object.keys(operations)).filter((id) =>
      changes.includes(id),
    );
    const made = new Set(references.flatMap((reference) => Object.keys(reference.changes)));
    expect(wanted.filter((id) => !made.has(id))).toEqual([]);
  });

  it('give every fault a point of every kind where it makes sense', () => {
    const struck = new Set(
      references.flatMap((reference) =>
        runsOf(reference).map(({ fault, point }) => `${fault.name} ${point.kind}`),
      ),
    );
    const wanted = FAULTS.flatMap(({ name, at }) =>
      EFFECT_KINDS.filter((kind) => at[kind] === 'strikes').map((kind) => `${name} ${kind}`),
    );
    expect(wanted.filter((one) => !struck.has(one))).toEqual([]);
  });
});
