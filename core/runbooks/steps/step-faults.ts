import type { ClusterRef } from '../cluster.ts';
import type { CrossFieldFault } from '../cross-field-fault.ts';
import { isMap } from '../is-map.ts';
import { STAGES } from './stages.ts';
import type { Destruction, StepKind, StepPlace } from '../../steps/protocol/step-kind.ts';
import { KIND_BY_USE } from '../../steps/kinds.ts';

/** A step as it was written, of whatever shape, and where. */
export interface WrittenStep {
  readonly path: readonly (string | number)[];
  readonly step: Readonly<Record<string, unknown>>;
}

/**
 * The rules for the steps of a runbook that no schema of one step can hold: names are unique, what destroys is confirmed
 * with the name of the thing, and the kind of step has a meaning in the kind of runbook.
 */
export function stepFaults(draft: Readonly<Record<string, unknown>>): CrossFieldFault[] {
  const steps = writtenSteps(draft);
  return [
    ...nameFaults(steps),
    ...steps.flatMap((step) => homeFaults(step, draft)),
    ...steps.flatMap((step) => confirmFaults(step, draft)),
  ];
}

/** The steps of a draft, in all its lists. */
export function writtenSteps(draft: Readonly<Record<string, unknown>>): WrittenStep[] {
  return STAGES.flatMap((stage) => {
    const list = draft[stage];
    if (!Array.isArray(list)) return [];
    return list.flatMap((step: unknown, index) => (isMap(step) ? [{ path: [stage, index], step }] : []));
  });
}

function nameFaults(steps: readonly WrittenStep[]): CrossFieldFault[] {
  const seen = new Set<unknown>();
  return steps.flatMap(({ path, step: { name } }) => {
    if (typeof name !== 'string') return [];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: [...path, 'name'], message: `is taken: another step is called "${name}" already` }];
  });
}

function homeFaults(
  { path, step }: WrittenStep,
  draft: Readonly<Record<string, unknown>>,
): CrossFieldFault[] {
  const homes = (typeof step.use === 'string' ? KIND_BY_USE.get(step.use) : undefined)?.runbooks;
  if (homes === undefined || typeof draft.kind !== 'string' || homes.includes(draft.kind)) return [];
  return [{ path: [...path, 'use'], message: `is for runbooks of kind ${homes.join(' or ')} only` }];
}

function confirmFaults(
  { path, step }: WrittenStep,
  draft: Readonly<Record<string, unknown>>,
): CrossFieldFault[] {
  const kind = typeof step.use === 'string' ? KIND_BY_USE.get(step.use) : undefined;
  if (kind === undefined || kind.destroys === false) return [];
  const name = nameOfThing(kind, kind.destroys, step.with, draft);
  // Without a name the settings or the clusters are wrong; that is told already.
  if (name === undefined || step.confirm === name) return [];
  if (name === '') return [{ path: [...path, 'use'], message: `needs a target, and the runbook has none` }];
  const verb = step.confirm === undefined ? 'is missing' : 'names something else';
  return [
    {
      path: [...path, 'confirm'],
      message: `${verb}: ${kind.use} destroys ${kind.destroys.what}, so it takes the name of the thing in exactly these words: ${name}`,
    },
  ];
}

function nameOfThing(
  kind: StepKind,
  destroys: Destruction<unknown>,
  settings: unknown,
  draft: Readonly<Record<string, unknown>>,
): string | undefined {
  const read = kind.with.safeParse(settings ?? {});
  const place = placeOf(draft);
  return read.success && place !== undefined ? destroys.name(read.data, place) : undefined;
}

function placeOf({ source, target }: Readonly<Record<string, unknown>>): StepPlace | undefined {
  if (!isAbsentOrCluster(source) || !isAbsentOrCluster(target)) return undefined;
  return { source, target };
}

function isAbsentOrCluster(value: unknown): value is ClusterRef | undefined {
  return value === undefined || isClusterRef(value);
}

function isClusterRef(value: unknown): value is ClusterRef {
  return isMap(value) && typeof value.project === 'string' && typeof value.cluster === 'string';
}
