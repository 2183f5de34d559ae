import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({});

/** What `with` holds: nothing. */
export type DeleteSearchNodesWith = z.output<typeof settings>;

/** Deletes the search nodes of a drill's target, and waits until they are gone (delete-search-nodes). */
export const deleteSearchNodesKind = {
  use: 'delete-search-nodes',
  stages: ['cleanup'],
  effect: 'change',
  destroys: true,
  operations: ['deleteClusterSearchDeployment', 'getClusterSearchDeployment'],
  with: settings,
  summary: (_settings, { target }) => `Delete the search nodes of ${target?.cluster ?? 'the target'}`,
  confirmName: (_settings, { target }) => target?.cluster ?? '',
} as const satisfies StepKind<DeleteSearchNodesWith>;
