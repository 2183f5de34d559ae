import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  organization: idField('organization'),
  team: idField('team'),
  atLeast: z
    .int()
    .min(1)
    .max(10_000)
    .describe('How many active members there must be; invited ones do not count'),
});

/** What `with` holds. */
export type TeamWith = z.output<typeof settings>;

/**
 * The team that answers for the recovery has enough members who accepted their invitation
 * (return-all-mongodb-cloud-users-assigned-to-one-team).
 */
export const teamKind = {
  use: 'team',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: ['listTeamUsers'],
  with: settings,
  summary: ({ team, atLeast }) => `Check that team ${team} has at least ${atLeast} active members`,
  project: () => undefined,
} as const satisfies StepKind<TeamWith>;
