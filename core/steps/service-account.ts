import * as z from 'zod';
import { SERVICE_ACCOUNT_ROLES } from '../atlas/resources/service-accounts.ts';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { distinct } from './shared/distinct.ts';
import { neverSent } from './shared/never-sent.ts';

/** What Atlas allows in names and descriptions (update-one-organization-service-account). */
const PLAIN = /^[\p{L}\p{N}\-_.,' ]*$/u;

const settings = z
  .strictObject({
    organization: idField('organization'),
    clientId: z
      .string()
      .regex(
        /^mdb_sa_id_[a-fA-F\d]{24}$/,
        'is not the client id of a service account: mdb_sa_id_ and 24 digits',
      )
      .describe('Client id of the service account (not its secret)'),
    roles: distinct(z.enum(SERVICE_ACCOUNT_ROLES))
      .optional()
      .describe('The roles it has from then on, such as ORG_READ_ONLY'),
    name: z
      .string()
      .min(1, 'is empty')
      .max(64)
      .regex(PLAIN, 'holds a sign that Atlas refuses')
      .optional()
      .describe('Its name in Atlas from then on'),
    description: z
      .string()
      .min(1, 'is empty')
      .max(250)
      .regex(PLAIN, 'holds a sign that Atlas refuses')
      .optional()
      .describe('Its description in Atlas from then on'),
  })
  .refine(
    ({ roles, name, description }) => (roles ?? name ?? description) !== undefined,
    'changes nothing: name roles, name or description',
  );

/** What `with` holds. */
export type ServiceAccountWith = z.output<typeof settings>;

/**
 * Raises or lowers what a service account may do. Sent twice, it changes nothing more. What `before` never did, `cleanup`
 * does not undo; a step of `before` itself has its intent on record by the time it is sent.
 *
 * Doc: update-one-organization-service-account.
 */
export const serviceAccount: StepKind<ServiceAccountWith> = {
  use: 'service-account',
  stages: ['before', 'cleanup'],
  effect: 'change',
  destroys: false,
  operations: { updateOrgServiceAccount: ['Organization Owner'] },
  with: settings,
  params: { organization: 'orgId' },
  summary: ({ clientId, roles }) =>
    roles === undefined
      ? `Describe the service account ${clientId} anew`
      : `Give the service account ${clientId} the roles ${roles.join(', ')} and no others`,
  project: () => undefined,

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
