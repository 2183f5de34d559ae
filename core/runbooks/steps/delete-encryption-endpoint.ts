import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  provider: z.enum(['AWS', 'AZURE']).describe('Cloud provider of the key'),
  endpoint: idField('private endpoint'),
});

/** What `with` holds. */
export type DeleteEncryptionEndpointWith = z.output<typeof settings>;

/**
 * Deletes a private endpoint over which Atlas reaches the key of encryption at rest
 * (delete-one-private-endpoint-for-encryption-at-rest-using-customer-key-management).
 */
export const deleteEncryptionEndpointKind = {
  use: 'delete-encryption-endpoint',
  stages: ['cleanup'],
  effect: 'change',
  destroys: true,
  operations: ['requestPrivateEndpointDeletion'],
  with: settings,
  summary: ({ provider, endpoint }, { target }) =>
    `Delete the ${provider} private endpoint ${endpoint} for encryption at rest of project ${target?.project ?? 'of the target'}`,
  confirmName: ({ endpoint }) => endpoint,
} as const satisfies StepKind<DeleteEncryptionEndpointWith>;
