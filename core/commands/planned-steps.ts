import { operationOf } from '../atlas/resources.ts';
import { destroyingSteps } from '../runbooks/guards/steps.ts';
import type { Runbook } from '../runbooks/schema.ts';
import type { Stage } from '../runbooks/steps/stages.ts';
import { KIND_BY_USE } from '../steps/kinds.ts';
import type { StepKind } from '../steps/protocol/step-kind.ts';
import { stepsUnder } from '../runbooks/steps/step-lists.ts';

/** An operation of Atlas that a step uses. */
interface NeededOperation {
  readonly operationId: string;
  readonly effect: 'read' | 'change';
  /** Any one of these roles is enough; without one, any role is. */
  readonly roles: readonly string[];
}

/** A step of a runbook as a plan shows it. */
export interface PlannedStep {
  readonly stage: Stage;
  readonly name: string;
  readonly use: string;
  /** What it does, in the imperative, without a full stop. */
  readonly summary: string;
  readonly effect: 'check' | 'change';
  readonly destroys: boolean;
  readonly onFailure: 'stop' | 'warn';
  readonly operations: readonly NeededOperation[];
}

/** The steps of a stage, in order. */
export function plannedSteps(runbook: Runbook, stage: Stage): PlannedStep[] {
  return stepsUnder(runbook, stage).flatMap((step) => {
    const kind = KIND_BY_USE.get(step.use);
    if (kind === undefined) return [];
    const { name, use, onFailure } = step;
    const { effect, operations } = kind;
    const summary = kind.summary(step.with, runbook);
    return [
      {
        stage,
        name,
        use,
        summary,
        effect,
        destroys: kind.destroys !== false,
        onFailure,
        operations: neededBy(operations),
      },
    ];
  });
}

function neededBy(operations: StepKind['operations']): NeededOperation[] {
  return Object.entries(operations).map(([operationId, roles]) => ({
    operationId,
    effect: operationOf(operationId).effect,
    roles,
  }));
}

/** What the steps of a runbook destroy, one sentence each. */
export function destructions(runbook: Runbook): string[] {
  return destroyingSteps(runbook).map(
    ({ stage, step, kind }) =>
      `DESTROYS, in step "${step.name}" of ${stage}: ${kind.summary(step.with, runbook)}. The runbook confirms it as ${step.confirm ?? ''}.`,
  );
}

/** A step as one sentence, with the operations of Atlas that it uses and the role that each of them needs. */
export function stepSentence({ stage, name, summary, operations }: PlannedStep): string {
  const needs = operations.map(({ operationId, roles }) =>
    roles.length === 0 ? operationId : `${operationId} needs ${roles.join(' or ')}`,
  );
  const where = [`step "${name}" of ${stage}`, ...(needs.length === 0 ? [] : [needs.join(', ')])].join('; ');
  return `${summary} (${where}).`;
}
