import type { CallerForm } from '../person.ts';
import { approverFaults } from './approver-faults.ts';
import { campaignFaults } from './campaign-faults.ts';
import type { CrossFieldFault } from './cross-field-fault.ts';
import { duration } from './fields.ts';
import { isMap } from './is-map.ts';
import { UNSCHEDULED } from './kinds/schedule.ts';
import { limitFaults } from './limit-faults.ts';
import { PLACEHOLDERS, unknownPlaceholders } from './rollback.ts';
import { stepFaults } from './steps/step-faults.ts';

/** Marks an issue of Zod as one of these faults: the parser finds them itself, whether or not Zod came to them. */
export const CROSS_FIELD = 'crossField';

/**
 * The rules between keys of a runbook. It takes whatever is there, also a draft of the wrong shape, so that these
 * mistakes are reported together with all others: Zod runs refinements only once the shape is right.
 *
 * @param callers how the installation identifies its callers; absent where it is not known.
 */
export function crossFieldFaults(draft: unknown, callers?: CallerForm): CrossFieldFault[] {
  if (!isMap(draft)) return [];
  return [
    ...kindFaults(draft, callers),
    ...limitFaults(draft),
    ...approverFaults(draft, callers),
    ...stepFaults(draft),
  ];
}

function kindFaults(draft: Draft, callers: CallerForm | undefined): CrossFieldFault[] {
  switch (draft.kind) {
    case 'cutover':
      return cutoverFaults(draft);
    case 'pipeline':
      return exportFaults(draft);
    case 'campaign':
      return [...campaignFaults(draft), ...faultsOfDrills(draft.drill, callers)];
    default:
      return [
        ...targetFaults(draft),
        ...pointInTimeFaults(draft),
        ...drillFaults(draft),
        ...scheduleFaults(draft),
      ];
  }
}

/** The rules of a drill hold for those of a campaign, but for what only a drill of its own says. */
function faultsOfDrills(drill: unknown, callers: CallerForm | undefined): CrossFieldFault[] {
  if (!isMap(drill)) return [];
  const faults = crossFieldFaults({ ...drill, kind: 'drill', target: {} }, callers);
  return faults
    .filter(({ path }) => path.at(-1) !== 'confirm')
    .map(({ path, message }) => ({ path: ['drill', ...path], message }));
}

function cutoverFaults(draft: Draft): CrossFieldFault[] {
  return [...rollbackFaults(draft), ...writeStopFaults(draft)];
}

function rollbackFaults({ rollback }: Draft): CrossFieldFault[] {
  if (typeof rollback !== 'string') return [];
  const known = Object.keys(PLACEHOLDERS).join(', ');
  return unknownPlaceholders(rollback).map((name) => ({
    path: ['rollback'],
    message: `names {{${name}}}, which nothing can be filled in for: there are ${known}`,
  }));
}

/** The readings of the lag have to fit into the time without writes. */
function writeStopFaults({ lag, maxWriteStop }: Draft): CrossFieldFault[] {
  if (!isMap(lag)) return [];
  const limit = duration.safeParse(maxWriteStop);
  const every = duration.safeParse(lag.every ?? '10s');
  const readings = lag.readings ?? 3;
  if (!limit.success || !every.success || typeof readings !== 'number') return [];
  const needed = (readings - 1) * every.data;
  if (needed < limit.data) return [];
  const message = `is too short: the ${readings} readings of lag alone take ${needed} s`;
  return [{ path: ['maxWriteStop'], message }];
}

function exportFaults(draft: Draft): CrossFieldFault[] {
  if (draft.export === undefined || draft.source !== undefined) return [];
  return [{ path: ['source'], message: 'is missing: export needs the cluster whose snapshot is exported' }];
}

function targetFaults(draft: Draft): CrossFieldFault[] {
  const delivery = deliveryOf(draft);
  const hasTarget = draft.target !== undefined;
  if (delivery === 'download' && hasTarget) {
    return [
      { path: ['target'], message: 'must be left out when delivery is download: nothing is overwritten' },
    ];
  }
  if ((delivery === 'automated' || delivery === 'pointInTime') && !hasTarget) {
    return [{ path: ['target'], message: `is missing: delivery ${delivery} needs the cluster to overwrite` }];
  }
  return [];
}

function pointInTimeFaults(draft: Draft): CrossFieldFault[] {
  const delivery = deliveryOf(draft);
  const point = draft.recoveryPoint;
  if (!isMap(point)) return [];
  const byTime = 'pointInTime' in point;
  if (byTime && (delivery === 'automated' || delivery === 'download')) {
    return [{ path: ['delivery'], message: 'must be pointInTime when recoveryPoint is a point in time' }];
  }
  if (!byTime && delivery === 'pointInTime') {
    return [{ path: ['recoveryPoint'], message: 'must be a pointInTime when delivery is pointInTime' }];
  }
  return [];
}

function drillFaults(draft: Draft): CrossFieldFault[] {
  const guards = draft.guards;
  if (draft.kind !== 'drill' || !isMap(guards) || guards.confirmErase === undefined) return [];
  const message = 'is not for drills: a drill never overwrites its source or a protected cluster';
  return [{ path: ['guards', 'confirmErase'], message }];
}

function scheduleFaults({ kind, schedule }: Draft): CrossFieldFault[] {
  const message = kind === 'restore' && schedule !== undefined ? UNSCHEDULED.restore : undefined;
  return message === undefined ? [] : [{ path: ['schedule'], message }];
}

type Draft = Readonly<Record<string, unknown>>;

/** The delivery that holds, defaults included; a value of the wrong type matches no rule. */
function deliveryOf(draft: Draft): unknown {
  return draft.delivery ?? 'automated';
}
