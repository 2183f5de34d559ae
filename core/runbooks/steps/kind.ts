import type * as z from 'zod';
import type { ClusterRef } from '../cluster.ts';

/** The lists of runbooks that hold steps, in the order in which they run. Not every kind of runbook has all of them. */
export const STAGES = [
  'ready',
  'before',
  'stopWrites',
  'verify',
  'switchWrites',
  'after',
  'resumeWrites',
  'cleanup',
] as const;
export type Stage = (typeof STAGES)[number];

/** The clusters of a runbook: what a step works on unless its settings say otherwise. */
export interface StepPlace {
  /** Absent where the source is not in Atlas. */
  readonly source?: ClusterRef | undefined;
  /** Absent for a download, and where nothing is overwritten. */
  readonly target?: ClusterRef | undefined;
  /** The kind of the runbook. */
  readonly kind?: string;
}

/** What is known of a kind of step without running it. `Settings` is what its `with` holds once it is read. */
export interface StepKind<Settings = unknown> {
  /** The name that a runbook uses it by, such as `search-index`. */
  readonly use: string;
  /** The lists that it may stand in. */
  readonly stages: readonly Stage[];
  /** The kinds of runbooks that it has a meaning in; all of them where it is absent. */
  readonly runbooks?: readonly string[];
  /** A check looks; a change makes something so. */
  readonly effect: 'check' | 'change';
  /** Whether it deletes, revokes or re-encrypts something: it then needs `confirm` and never runs on a protected project. */
  readonly destroys: boolean;
  /** How long it may take unless the step says otherwise, as a runbook would write it; 10m where it is absent. */
  readonly timeout?: string;
  /** Ids of the Atlas operations that it uses. */
  readonly operations: readonly string[];
  /** The schema of `with`: a strict object, each key described. */
  readonly with: z.ZodType<Settings>;
  /** What it does, for a person, as a sentence in the imperative without its full stop: `Delete the search nodes of orders`. */
  summary(settings: Settings, place: StepPlace): string;
  /** For kinds that destroy: the name of the thing, which `confirm` must repeat to the letter. */
  confirmName?(settings: Settings, place: StepPlace): string;
  /**
   * The project that it changes; undefined when it changes none (an organization's, say). Without this method it is
   * `with.project` where there is one, else the project of the target.
   */
  project?(settings: Settings, place: StepPlace): string | undefined;
  /** For kinds that reach beyond one project: whether the settings say that what is protected is reached too. */
  reachesProtected?(settings: Settings): boolean;
}

/** The project that a step works on: see {@link StepKind.project}. */
export function projectOf(kind: StepKind, settings: unknown, place: StepPlace): string | undefined {
  if (kind.project !== undefined) return kind.project(settings, place);
  if (typeof settings === 'object' && settings !== null && 'project' in settings) {
    if (typeof settings.project === 'string') return settings.project;
  }
  return (place.target ?? place.source)?.project;
}
