import type * as z from 'zod';
import type { ClusterRef } from '../../runbooks/cluster.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import type { StepAnswer } from './step-answer.ts';
import type { StepContext } from './step-context.ts';

/** The clusters of a runbook: what a step works on unless its settings say otherwise. */
export interface StepPlace {
  /** Absent where the source is not in Atlas. */
  readonly source?: ClusterRef | undefined;
  /** Absent for a download, and where nothing is overwritten. */
  readonly target?: ClusterRef | undefined;
  /** The kind of the runbook. */
  readonly kind?: string;
}

/** What a step deletes, revokes or re-encrypts. Such a step needs `confirm`, and never runs on a protected project. */
export interface Destruction<Settings> {
  /** In words, such as `the search nodes of the target`. */
  readonly what: string;
  /** The name of the thing, which `confirm` must repeat exactly; empty where the runbook does not have the thing. */
  name(settings: Settings, place: StepPlace): string;
}

/**
 * A kind of step: everything that is known of it, and how it is carried out. `Settings` is what its `with` holds once it is
 * read. Each kind is one file of core/steps, which exports it under the name of the file.
 *
 * A check has only `look`. A change has `send`, which is called at most once for each intent; when its reply is lost it is
 * called again, so it must take "already so" (409 for what is there, 404 for what is gone) for done. `look` is called after
 * it, until it gives something else than `wait`; a change without `look` is done once it is sent. An approval has neither:
 * people are waited for.
 */
export interface StepKind<Settings = unknown> {
  /** The name that a runbook uses it by, such as `search-index`; the name of its file. */
  readonly use: string;
  /** The lists that it may stand in. */
  readonly stages: readonly Stage[];
  /** The kinds of runbooks that it has a meaning in; all of them where it is absent. */
  readonly runbooks?: readonly string[];
  /** A check looks; a change makes something so. */
  readonly effect: 'check' | 'change';
  /** What it destroys, if it does. */
  readonly destroys: false | Destruction<Settings>;
  /** How long it may take unless the step says otherwise, as a runbook would write it; 10m where it is absent. */
  readonly timeout?: string;
  /** The Atlas operations that it uses, by their ids, each with the roles that allow it: any one is enough, none is needed for `[]`. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** The clusters that its operations are asked about, which the setting `on` may narrow; absent: the project that it works on. */
  readonly asksAbout?: readonly ('source' | 'target')[];
  /** The schema of `with`: a strict object, each key described. */
  readonly with: z.ZodType<Settings>;
  /** What the Atlas Admin API calls the settings that go into an operation's path or query, where it calls them otherwise. */
  readonly params?: Readonly<Record<string, string>>;
  /** What it does, for a person, as a sentence in the imperative without its full stop: `Delete the search nodes of orders`. */
  summary(settings: Settings, place: StepPlace): string;
  /**
   * The project that it changes; undefined when it changes none (an organization's, say). Without this method it is
   * `with.project` where there is one, else the project of the target.
   */
  project?(settings: Settings, place: StepPlace): string | undefined;
  /** For kinds that reach beyond one project: whether the settings say that what is protected is reached too. */
  reachesProtected?(settings: Settings): boolean;
  /**
   * Never sent again after an unclear answer: it destroys, Atlas has nothing to look at that tells whether it was done,
   * and done twice it may destroy what came about in between.
   */
  readonly once?: true;
  /** Its receiver can tell a repetition: sent again for as long as the step has time, however many answers get lost. */
  readonly repeatable?: true;
  send?(settings: Settings, context: StepContext): Promise<StepAnswer>;
  look?(settings: Settings, context: StepContext): Promise<StepAnswer>;
}

/** Kinds of steps by the name that a runbook uses them by. */
export type StepLibrary = ReadonlyMap<string, StepKind>;

/** The project that a step works on: see {@link StepKind.project}. */
export function projectOf(kind: StepKind, settings: unknown, place: StepPlace): string | undefined {
  if (kind.project !== undefined) return kind.project(settings, place);
  if (typeof settings === 'object' && settings !== null && 'project' in settings) {
    if (typeof settings.project === 'string') return settings.project;
  }
  return (place.target ?? place.source)?.project;
}
