import type { Stage } from './stages.ts';

/** A step as a runbook holds it, checked; what its kind takes is under `with`. Durations are seconds. */
export interface RunbookStep {
  /** Unique in the runbook. */
  readonly name: string;
  /** The kind: a name of kinds.ts. */
  readonly use: string;
  /** Read by the schema of the kind. */
  readonly with: unknown;
  readonly onFailure: 'stop' | 'warn';
  /** Seconds from its beginning until it has failed. */
  readonly timeout: number;
  /** Only, and always, where the kind destroys: the name of the thing. */
  readonly confirm?: string | undefined;
}

/** The lists of steps of a runbook of any kind; a list that its kind does not have is absent, and a campaign has none. */
export type StepLists = Readonly<Partial<Record<Stage, readonly RunbookStep[]>>> & { readonly kind?: string };

/** The steps of one of a runbook's lists; none where its kind has no such list. */
export function stepsUnder(lists: StepLists, stage: Stage): readonly RunbookStep[] {
  return lists[stage] ?? [];
}
