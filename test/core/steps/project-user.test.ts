import { describe, expect, it } from 'vitest';
import { projectUser } from '../../../core/steps/project-user.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, PRODUCTION, stepContext, twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();
const wanted = { username: 'robin@example.org', roles: ['GROUP_READ_ONLY'] };
const settings = projectUser.with.parse(wanted);

describe('project-user', () => {
  it('lets the user into the project of the target; who is there keeps their roles', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const first = await carryOut(projectUser, settings, rehearsal);
      expect(first.outcome).toBe('done');
      expect(first.message).toContain(`robin@example.org is let into project ${DRILLS}`);
      const more = projectUser.with.parse({ ...wanted, roles: ['GROUP_OWNER'] });
      const second = await carryOut(projectUser, more, rehearsal);
      expect(second).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(second.message).toMatch(/left as they are; this runbook wants GROUP_OWNER/);
      expect(changesOf(rehearsal)).toEqual(['addGroupUsers']);
    });
  });

  it('lets the user into another project that is named', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      await carryOut(projectUser, { ...settings, project: PRODUCTION }, rehearsal);
      expect(rehearsal.simulator.changes()[0]?.path).toContain(PRODUCTION);
    });
  });

  it('lets nobody into the project of the source unless that is named', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const { target, ...download } = stepContext(rehearsal);
      expect(target?.project).toBe(DRILLS);
      const answer = await carryOut(projectUser, settings, rehearsal, download);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('with.project');
      expect(changesOf(rehearsal)).toEqual([]);
      const named = { ...settings, project: PRODUCTION };
      expect(await carryOut(projectUser, named, rehearsal, download)).toMatchObject({ outcome: 'done' });
    });
  });

  it('fails where the conflict is another than that the user is there', async () => {
    const fault = { operation: 'addGroupUsers', status: 409, errorCode: 'PROJECT_LOCKED' };
    await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
      const answer = await carryOut(projectUser, settings, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('PROJECT_LOCKED');
    });
  });

  it('adds the user once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('addGroupUsers') }, async (rehearsal) => {
      expect(await carryOut(projectUser, settings, rehearsal)).toMatchObject({ outcome: 'done' });
      expect(changesOf(rehearsal)).toEqual(['addGroupUsers']);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(projectUser, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Access Manager');
    });
  });

  it('takes an email address and roles of a project, none of them twice', () => {
    const takes = (changes: object) => projectUser.with.safeParse({ ...wanted, ...changes }).success;
    expect(takes({})).toBe(true);
    expect(takes({ username: 'robin' })).toBe(false);
    expect(takes({ roles: ['ORG_OWNER'] })).toBe(false);
    expect(takes({ roles: ['GROUP_OWNER', 'GROUP_OWNER'] })).toBe(false);
    expect(takes({ roles: [] })).toBe(false);
  });
});
