import { OPERATIONS } from '../../../core/atlas/resources.ts';
import type { JobStore } from '../../../core/jobs/store.ts';

/**
 * What a task does that others can see. `change` changes something in Atlas, `write` the history; `read` is a request to Atlas
 * that changes nothing. First what is seen farthest.
 */
export const EFFECT_KINDS = ['change', 'post', 'report', 'write', 'read'] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

/** An effect that is about to happen. */
export interface Effect<T = unknown> {
  readonly kind: EffectKind;
  /** The operationId, the method of the job store, `put`, or `post`. */
  readonly name: string;
  /** The task that it is an effect of. */
  readonly task: string;
  /** Carries it out, and gives what whoever asked for it is told. */
  readonly perform: () => Promise<T>;
  /** What whoever asked for it is told when no answer comes, and what came of it is not known. */
  readonly unanswered: () => Promise<T>;
  /** What it is told where another answer comes than the true one. Absent for what has no answers of its own. */
  readonly answered?: (status: number, body: string) => T;
  /** What it is told of a result where the answer breaks off. */
  readonly brokenOff?: (result: T) => Promise<T>;
  /** What it is told where the disk is full. Absent for what is not kept on a disk of ours. */
  readonly full?: () => Promise<T>;
}

/** The methods of the job store that write, and those that do not: a new one belongs into one of them. */
export const STORE_METHODS = {
  create: 'write',
  save: 'write',
  append: 'write',
  takeLease: 'write',
  giveBackLease: 'write',
  learnDuration: 'write',
  saveFreezes: 'write',
  freezes: 'read',
  get: 'read',
  timeline: 'read',
  list: 'read',
  lease: 'read',
  durations: 'read',
} as const satisfies Readonly<Record<keyof JobStore, 'write' | 'read'>>;

/** Every kind of effect that tasks can make, as `kind name`, from the operations of the client and the methods of the store. */
export function possibleEffects(): string[] {
  const changes = OPERATIONS.filter(({ effect }) => effect === 'change').map(
    ({ operationId }) => operationId,
  );
  // People freeze an installation; a task only reads whether they have.
  const writes = Object.entries(STORE_METHODS)
    .filter(([name, what]) => what === 'write' && name !== 'saveFreezes')
    .map(([name]) => name);
  return [
    ...changes.map((name) => `change ${name}`),
    ...writes.map((name) => `write ${name}`),
    'report put',
    'post post',
  ];
}
