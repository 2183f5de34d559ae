import type { AtlasClient } from '../../core/atlas/client.ts';
import type { Operation } from '../../core/atlas/operation.ts';
import { RESOURCES } from '../../core/atlas/resources.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { TaskContext } from '../../core/tasks/context.ts';

/** Calls that change something, beside those of Atlas: a crash is interesting just before and just after each of them. */
const CHANGES = {
  jobs: ['create', 'save', 'append', 'takeLease', 'giveBackLease'],
  reports: ['put'],
} as const;

/** The methods of a resource of Atlas that change something. */
function changesOf(resource: Readonly<Record<string, Operation>>): string[] {
  return Object.values(resource)
    .filter(({ effect }) => effect === 'change')
    .map(({ operationId }) => operationId);
}

type Method = (...parameters: unknown[]) => unknown;

/** Where a process dies: at its nth change, before or after the change is made. */
export interface CrashPoint {
  readonly change: number;
  readonly side: 'before' | 'after';
}

/** A context whose process dies at a point. */
export interface DoomedContext {
  readonly context: TaskContext;
  /** Resolves when it has died. From then on none of its calls does anything or ever returns. */
  readonly dead: Promise<void>;
  /** The changes made so far, by name. */
  readonly changes: readonly string[];
}

/** The context of a process that dies at a point, or, without a point, lives and counts its changes. */
export function doomed(context: TaskContext, point?: CrashPoint): DoomedContext {
  const changes: string[] = [];
  let isDead = false;
  let die: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => {
    die = () => {
      isDead = true;
      resolve();
    };
  });
  const never = () => new Promise<never>(() => undefined);

  const wrap = <T extends object>(owner: T, names: readonly string[]): T => {
    const wrapped = { ...owner } as Record<string, unknown>;
    for (const [name, method] of Object.entries(owner)) {
      if (typeof method !== 'function') continue;
      wrapped[name] = (...parameters: unknown[]) => {
        if (isDead) return never();
        const call = () => (method as Method).apply(owner, parameters);
        return names.includes(name) ? change(name, call) : call();
      };
    }
    return wrapped as T;
  };

  const change = async (name: string, call: () => unknown): Promise<unknown> => {
    const number = changes.push(name);
    const dies = point?.change === number;
    if (dies && point.side === 'before') {
      die();
      return never();
    }
    const result = await call();
    if (dies) die();
    return isDead ? never() : result;
  };

  const resources = Object.entries(RESOURCES).map(([name, operations]) => [
    name,
    wrap(context.atlas[name as keyof typeof RESOURCES], changesOf(operations)),
  ]);
  const atlas: AtlasClient = { ...context.atlas, ...(Object.fromEntries(resources) as Partial<AtlasClient>) };
  const jobs: JobStore = wrap(context.jobs, CHANGES.jobs);
  const reports = wrap(context.reports, CHANGES.reports);
  return { context: { ...context, atlas, jobs, reports }, dead, changes };
}
