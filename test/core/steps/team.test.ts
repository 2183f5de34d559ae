import { describe, expect, it } from 'vitest';
import { team } from '../../../core/steps/team.ts';
import { answerOf, ORGANIZATION, stepContext, twoProjects, withAtlas } from './checking.ts';

const TEAM = '5e2f1c0a9d3b7a4c8e6f0b01';
const people = ['robin@example.org', 'kim@example.org', 'sam@example.org'];

const world = twoProjects(
  {},
  {},
  {
    organizations: [
      {
        id: ORGANIZATION,
        users: [
          { username: 'robin@example.org' },
          { username: 'kim@example.org' },
          { username: 'sam@example.org', invitation: { inviter: 'robin@example.org' } },
          { username: 'elsewhere@example.org' },
        ],
        teams: [{ id: TEAM, name: 'responders', users: people }],
      },
    ],
  },
);

describe('team', () => {
  it('counts active members, and not those who were only invited', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const ask = (atLeast: number) =>
        answerOf(team, { organization: ORGANIZATION, team: TEAM, atLeast }, context);
      expect(await ask(2)).toMatchObject({
        outcome: 'done',
        evidence: { active: 2, notActive: 1, atLeast: 2 },
      });
      const answer = await ask(3);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toMatch(/2 members of team .* there must be 3; 1 more/);
    });
  });

  it('does not know of a team that Atlas does not know', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const settings = { organization: ORGANIZATION, team: 'f'.repeat(24), atLeast: 1 };
      const answer = await answerOf(team, settings, stepContext(rehearsal));
      expect(answer.outcome).toBe('unknown');
      expect(answer.message).toContain(`team ${settings.team}`);
    });
  });
});
