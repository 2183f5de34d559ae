import type { ServiceAccountWith } from '../runbooks/steps/service-account.ts';
import type { StepWork } from './step.ts';

/** Gives a service account its roles, name or description. Sent twice, it changes nothing more. */
export const serviceAccount: StepWork<ServiceAccountWith> = {
  async send({ organization, clientId, ...body }, { atlas }) {
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

function sameRoles(wanted: readonly string[], has: readonly string[]): boolean {
  return wanted.length === has.length && wanted.every((role) => has.includes(role));
}
