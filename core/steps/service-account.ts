import type { ServiceAccountWith } from '../runbooks/steps/service-account.ts';
import { neverSent } from './never-sent.ts';
import type { StepWork } from './step.ts';

/**
 * Gives a service account its roles, name or description. Sent twice, it changes nothing more. What `before` never did,
 * `cleanup` does not undo; a step of `before` itself has its intent on record by the time it is sent.
 */
export const serviceAccount: StepWork<ServiceAccountWith> = {
  async send({ organization, clientId, ...body }, { atlas, job }) {
    if (neverSent(job, 'service-account', (settings) => isAbout(settings, clientId))) {
      const message = `The service account ${clientId} was never changed by this job; there is nothing to undo.`;
      return { outcome: 'done', message, evidence: { clientId, nothingToUndo: true } };
    }
    const account = await atlas.serviceAccounts.updateOrgServiceAccount({
      orgId: organization,
      clientId,
      body,
    });
    const wanted: readonly string[] | undefined = body.roles;
    const has = account.roles ?? wanted ?? [];
    const evidence = { clientId, roles: has.join(', ') };
    if (wanted !== undefined && !sameRoles(wanted, has)) {
      return {
        outcome: 'failed',
        message: `Atlas changed the service account ${clientId}, but its roles are ${has.join(', ') || 'none'} and not ${wanted.join(', ')}.`,
        evidence,
      };
    }
    const roles = has.length === 0 ? 'is changed' : `has the roles ${has.join(', ')}`;
    return { outcome: 'done', message: `The service account ${clientId} ${roles}.`, evidence };
  },
};

function isAbout(settings: unknown, clientId: string): boolean {
  return typeof settings === 'object' && settings !== null && 'clientId' in settings
    ? settings.clientId === clientId
    : false;
}

function sameRoles(wanted: readonly string[], has: readonly string[]): boolean {
  return wanted.length === has.length && wanted.every((role) => has.includes(role));
}
