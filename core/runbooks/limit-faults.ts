import type { CrossFieldFault } from './cross-field-fault.ts';
import { duration } from './fields.ts';
import { isMap } from './is-map.ts';
import { DEFAULT_LIMITS, DEFAULT_RETENTION_DAYS } from './kinds/default-limits.ts';
import type { Stage } from './steps/stages.ts';
import { KIND_BY_USE } from '../steps/kinds.ts';
import { writtenSteps, type WrittenStep } from './steps/step-faults.ts';

type Draft = Readonly<Record<string, unknown>>;

/** A limit that runs inside another one: what is written for it beyond the outer one never takes effect. */
interface Limit {
  readonly path: readonly (string | number)[];
  readonly written: unknown;
  /** Dotted path of the outer limit. */
  readonly within: string;
}

/** The limits that run inside `timeouts.job`; those of what comes after a cutover do not. */
const INSIDE_JOB = {
  restore: ['guards', 'snapshot', 'restore'],
  cutover: ['guards', 'ready'],
  pipeline: ['guards', 'run'],
  campaign: ['guards'],
} as const;

type Workflow = keyof typeof INSIDE_JOB;

/** The stages that run while `timeouts.job` does: what comes after has limits of its own. */
const STAGES_IN_JOB: readonly Stage[] = ['before', 'stopWrites'];

/**
 * Limits of a runbook that contradict each other: one that is written longer than the limit that it runs inside, a fresh
 * snapshot that expires before its restore may end, a step that gives up before what it waits for may come. A limit that is
 * not written is no contradiction: the outer one ends it.
 */
export function limitFaults(draft: Draft): CrossFieldFault[] {
  const steps = writtenSteps(draft);
  return [
    ...limitsOf(draft, steps).flatMap((limit) => longerThanOuter(limit, draft)),
    ...retentionFaults(draft),
    ...steps.flatMap(waitFaults),
  ];
}

function limitsOf(draft: Draft, steps: readonly WrittenStep[]): Limit[] {
  const timeouts = isMap(draft.timeouts) ? draft.timeouts : {};
  const approval = isMap(draft.approval) ? draft.approval : {};
  const within = 'timeouts.job';
  return [
    ...INSIDE_JOB[workflowOf(draft)].map((name) => ({
      path: ['timeouts', name],
      written: timeouts[name],
      within,
    })),
    { path: ['approval', 'within'], written: approval.within, within },
    { path: ['maxWriteStop'], written: draft.maxWriteStop, within },
    ...steps.flatMap(({ path, step }) => {
      const outer = outerOf(path[0]);
      return outer === undefined
        ? []
        : [{ path: [...path, 'timeout'], written: step.timeout, within: outer }];
    }),
  ];
}

function workflowOf({ kind }: Draft): Workflow {
  return kind === 'cutover' || kind === 'pipeline' || kind === 'campaign' ? kind : 'restore';
}

/** The limit that a step of a stage runs inside. */
function outerOf(stage: unknown): string | undefined {
  if (stage === 'ready') return 'timeouts.guards';
  return STAGES_IN_JOB.some((one) => one === stage) ? 'timeouts.job' : undefined;
}

function longerThanOuter({ path, written, within }: Limit, draft: Draft): CrossFieldFault[] {
  const inner = secondsOf(written);
  const outer = outerLimit(within, draft);
  if (inner === undefined || outer === undefined || inner <= outer.seconds) return [];
  const message = `is longer than ${within} (${said(outer)}), which ends it first: raise ${within} too, or shorten this`;
  return [{ path, message }];
}

interface OuterLimit {
  readonly seconds: number;
  readonly text: string;
  readonly isDefault: boolean;
}

/** `timeouts.job` or `timeouts.guards` as it holds. */
function outerLimit(within: string, draft: Draft): OuterLimit | undefined {
  const timeouts = isMap(draft.timeouts) ? draft.timeouts : {};
  const defaults = DEFAULT_LIMITS[workflowOf(draft)];
  if (within === 'timeouts.guards') return limit(timeouts.guards, defaults.guards);
  return limit(timeouts.job, defaults.job);
}

function limit(written: unknown, byDefault: string | undefined): OuterLimit | undefined {
  const text = written ?? byDefault;
  const seconds = secondsOf(text);
  if (seconds === undefined || typeof text !== 'string') return undefined;
  return { seconds, text, isDefault: written === undefined };
}

function said({ text, isDefault }: OuterLimit): string {
  return isDefault ? `${text}, the default` : text;
}

const DAY = 86_400;

/** The retention begins when the snapshot completes and the restore no earlier, so equal is too short as well. */
function retentionFaults({ recoveryPoint, timeouts }: Draft): CrossFieldFault[] {
  const fresh = isMap(recoveryPoint) ? recoveryPoint.fresh : undefined;
  if (!isMap(fresh)) return [];
  const days = fresh.retentionDays ?? DEFAULT_RETENTION_DAYS;
  const restore = limit(isMap(timeouts) ? timeouts.restore : undefined, DEFAULT_LIMITS.restore.restore);
  if (typeof days !== 'number' || restore === undefined || days * DAY > restore.seconds) return [];
  const least = Math.floor(restore.seconds / DAY) + 1;
  const why = `Atlas deletes the snapshot after ${days} d, and timeouts.restore lets its restore take ${said(restore)}: at least ${least}`;
  return fresh.retentionDays === undefined
    ? [{ path: ['recoveryPoint', 'fresh'], message: `needs a longer retentionDays than the default: ${why}` }]
    : [{ path: ['recoveryPoint', 'fresh', 'retentionDays'], message: `is too short: ${why}` }];
}

/** A step that waits for values to come must not give up before they may. */
function waitFaults({ path, step }: WrittenStep): CrossFieldFault[] {
  const kind = typeof step.use === 'string' ? KIND_BY_USE.get(step.use) : undefined;
  const wait = secondsOf(isMap(step.with) ? step.with.wait : undefined);
  const timeout = limit(step.timeout, kind?.timeout);
  if (wait === undefined || timeout === undefined || wait < timeout.seconds) return [];
  return [
    {
      path: [...path, 'with', 'wait'],
      message: `is not shorter than the timeout of its step (${said(timeout)}), which ends it first: raise the timeout, or shorten this`,
    },
  ];
}

/** Seconds of a duration as it is written; undefined for anything else, which the schema reports. */
function secondsOf(written: unknown): number | undefined {
  const read = duration.safeParse(written);
  return read.success ? read.data : undefined;
}
