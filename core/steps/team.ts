import { collect } from '../atlas/collect.ts';
import type { TeamWith } from '../runbooks/steps/team.ts';
import { couldNotSee, see } from './seeing.ts';
import type { StepWork } from './step.ts';

/** The team has enough active members. */
export const team: StepWork<TeamWith> = {
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
