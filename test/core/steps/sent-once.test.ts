import { describe, expect, it } from 'vitest';
import { KIND_BY_USE } from '../../../core/steps/kinds.ts';
import { stepTasks } from '../../../core/tasks/run-steps.ts';
import { practiceStep } from '../../support/practice-steps.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { changesOf } from './changing.ts';
import { ORGANIZATION, twoProjects, withAtlas } from './checking.ts';

const FEDERATION = '5e2f1c0a9d3b7a4c8e6f0b04';
const PROVIDER = '5e2f1c0a9d3b7a4c8e6f0b05';
const ldap = {
  hostname: 'ldap.example.com',
  bindUsername: 'CN=atlas,DC=example,DC=com',
  userToDNMapping: [{ match: '(.*)', substitution: 'CN={0},DC=example,DC=com' }],
};
const federation = { id: FEDERATION, organizations: [ORGANIZATION], identityProviders: [{ id: PROVIDER }] };
const world = twoProjects({}, { ldap }, { federations: [federation] });

describe('what nothing in Atlas tells of', () => {
  it.each([
    [
      'revoke-jwks',
      'revokeIdentityProviderJwks',
      { federation: FEDERATION, identityProvider: PROVIDER },
      { lostReply: true },
    ],
    ['remove-ldap-mapping', 'deleteLdapUserMapping', {}, { lostReply: true }],
    ['remove-ldap-mapping', 'deleteLdapUserMapping', {}, { status: 500 }],
  ])('%s (%s, %j, %j) is sent once when the answer is unclear', async (use, operation, settings, fault) => {
    await withAtlas({ world, faults: [{ operation, ...fault, count: 1 }] }, async (rehearsal) => {
      const steps = { after: [practiceStep('once', { use, with: settings, onFailure: 'warn' })] };
      const started = await rehearsal.start(runbookText(), undefined, steps);
      const { jobId } = await rehearsal.jobs.save({ ...started, status: 'RUNNING' });
      const { RunAfterSteps } = stepTasks(KIND_BY_USE);
      for (let next = 'again'; next !== 'go';) {
        const way = await RunAfterSteps({ jobId }, rehearsal.context);
        await rehearsal.clock.sleep(way.waitSeconds * 1000);
        next = way.next;
      }
      const record = (await rehearsal.jobs.get(jobId)).steps['after/once'];
      expect(record?.status).toBe('warned');
      expect(record?.message).toMatch(/may have been carried out.*look in Atlas before repeating/);
      const sent = rehearsal.simulator.requests().filter((request) => request.operation === operation);
      expect(sent).toHaveLength(1);
      expect(changesOf(rehearsal).length).toBe('lostReply' in fault ? 1 : 0);
    });
  });
});
