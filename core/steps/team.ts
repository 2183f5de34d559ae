import * as z from 'zod';
import { collect } from '../atlas/collect.ts';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { couldNotSee, see } from './shared/seeing.ts';

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
 * The team that answers for the recovery has enough members who accepted their invitation.
 *
 * Doc: return-all-mongodb-cloud-users-assigned-to-one-team.
 */
export const team: StepKind<TeamWith> = {
  use: 'team',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: { listTeamUsers: ['Organization Member'] },
  with: settings,
  params: { organization: 'orgId', team: 'teamId' },
  summary: ({ team, atLeast }) => `Check that team ${team} has at least ${atLeast} active members`,
  project: () => undefined,

  async look({ organization, team: teamId, atLeast }, { atlas }) {
    const what = `team ${teamId} of organization ${organization}`;
    const found = await see(`the members of ${what}`, () =>
      collect(atlas.teams.listTeamUsers({ orgId: organization, teamId })),
    );
    if ('unseen' in found) return couldNotSee(found, 'whether enough of them are active');
    const active = found.seen.filter((member) => member.orgMembershipStatus === 'ACTIVE').length;
    const others = found.seen.length - active;
    const evidence = { active, notActive: others, atLeast };
    const not = others === 0 ? '' : `; ${others} more have not accepted their invitation`;
    return active >= atLeast
      ? { outcome: 'done', message: `${active} members of ${what} are active.`, evidence }
      : {
          outcome: 'failed',
          message: `${active} members of ${what} are active, and there must be ${atLeast}${not}.`,
          evidence,
        };
  },
};
