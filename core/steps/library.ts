import type { StepKind } from '../runbooks/steps/kind.ts';
import { KIND_BY_USE } from '../runbooks/steps/kinds.ts';
import type { StepWork } from './step.ts';
import { WORKS } from './works.ts';

/** Every kind of step by the name that a runbook uses it by: what is known of it, and how it is carried out. */
export interface StepLibrary {
  readonly kinds: ReadonlyMap<string, StepKind>;
  readonly works: Readonly<Record<string, StepWork<unknown>>>;
}

/** The kinds of this Lifeboat. */
export const STEP_LIBRARY: StepLibrary = { kinds: KIND_BY_USE, works: WORKS };
