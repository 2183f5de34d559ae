import * as z from 'zod';
import { distinct } from './distinct.ts';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

/** What Atlas allows in names and descriptions (update-one-organization-service-account). */
const PLAIN = /^[\p{L}\p{N}\-_.,' ]*$/u;

/** Roles that a service account may have. */
const ROLES = [
  'ORG_MEMBER',
  'ORG_READ_ONLY',
  'ORG_BILLING_ADMIN',
  'ORG_BILLING_READ_ONLY',
  'ORG_STREAM_PROCESSING_ADMIN',
  'ORG_GROUP_CREATOR',
  'ORG_OWNER',
] as const;

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
    roles: distinct(z.enum(ROLES))
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

/** Raises or lowers what a service account may do (update-one-organization-service-account). */
export const serviceAccountKind = {
  use: 'service-account',
  stages: ['before', 'cleanup'],
  effect: 'change',
  destroys: false,
  operations: ['updateOrgServiceAccount'],
  with: settings,
  summary: ({ clientId, roles }) =>
    roles === undefined
      ? `Describe the service account ${clientId} anew`
      : `Give the service account ${clientId} the roles ${roles.join(', ')} and no others`,
  project: () => undefined,
} as const satisfies StepKind<ServiceAccountWith>;
