import type { CheckResult } from '../check.ts';
import type { Runbook } from '../schema.ts';
import { STAGES, type Stage } from '../steps/stages.ts';
import { projectOf, type StepKind } from '../../steps/protocol/step-kind.ts';
import { KIND_BY_USE } from '../../steps/kinds.ts';
import { stepsUnder, type RunbookStep } from '../steps/step-lists.ts';
import type { TargetPolicy } from './facts.ts';
import { PROTECTED_ENTRY } from './identity.ts';
import { judged } from './outcomes.ts';

/**
 * The guard of steps that destroy: none of them may touch a project in which a cluster is protected. No guard at all for
 * a runbook without such steps.
 */
export function stepGuards(runbook: Runbook, policy: TargetPolicy): CheckResult[] {
  const destroying = destroyingSteps(runbook);
  if (destroying.length === 0) return [];
  const faults = destroying.flatMap(({ stage, step, kind }) => {
    const reason = protectionOf(kind, step.with, runbook, policy);
    return reason === undefined
      ? []
      : [`Step "${step.name}" (${step.use}) of ${stage} destroys, and ${reason}.`];
  });
  const message =
    faults.length > 0
      ? `${faults.join(' ')} Such a step never runs there: take it out, or do it by hand.`
      : `No step that destroys (${destroying.map(({ step }) => `"${step.name}"`).join(', ')}) touches a project with a protected cluster.`;
  const evidence = { destroying: destroying.length, onProtected: faults.length };
  return [{ name: 'step-not-on-protected', ...judged(faults.length === 0, message, evidence) }];
}

/** A step whose kind destroys. */
interface DestroyingStep {
  readonly stage: Stage;
  readonly step: RunbookStep;
  readonly kind: StepKind;
}

/** The steps of a runbook that destroy, in the order in which they run. */
export function destroyingSteps(runbook: Runbook): DestroyingStep[] {
  return STAGES.flatMap((stage) =>
    stepsUnder(runbook, stage).flatMap((step) => {
      const kind = KIND_BY_USE.get(step.use);
      return kind === undefined || kind.destroys === false ? [] : [{ stage, step, kind }];
    }),
  );
}

/**
 * Why a step that destroys may not run, as the end of a sentence; undefined when it may. Whatever a list protects in a
 * project, a cluster or all of them, protects the whole project from these steps. Letter case tells nothing apart.
 */
export function protectionOf(
  kind: StepKind,
  settings: unknown,
  runbook: Runbook,
  policy: TargetPolicy,
): string | undefined {
  if (kind.destroys === false) return undefined;
  const project = projectOf(kind, settings, runbook)?.toLowerCase();
  const entries = [...runbook.guards.protectedClusters, ...policy.protectedClusters];
  const malformed = entries.find((one) => !PROTECTED_ENTRY.test(one));
  if (malformed !== undefined)
    return `the protected list holds ${JSON.stringify(malformed)}, which nobody can read`;
  if (project === undefined) return reachOf(kind, settings, entries[0]);
  const entry = entries.find((one) => one.toLowerCase().startsWith(`${project}/`));
  return entry === undefined ? undefined : `project ${project} holds what is protected (${entry})`;
}

/** Why a step that belongs to no one project may not run. Its reach takes in what is protected, so a runbook has to say so. */
function reachOf(kind: StepKind, settings: unknown, entry: string | undefined): string | undefined {
  if (entry === undefined || kind.reachesProtected?.(settings) !== false) return undefined;
  return `it reaches what is protected (${entry}) unless "with" says reachesProtected: true`;
}
