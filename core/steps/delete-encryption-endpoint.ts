import * as z from 'zod';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { deleteUnlessGone } from './shared/already.ts';
import { onTarget } from './shared/on-target.ts';

const settings = z.strictObject({
  provider: z.enum(['AWS', 'AZURE']).describe('Cloud provider of the key'),
  endpoint: idField('private endpoint'),
});

/** What `with` holds. */
export type DeleteEncryptionEndpointWith = z.output<typeof settings>;

/**
 * Deletes a private endpoint over which Atlas reaches the key of encryption at rest. Atlas takes the request and says no
 * more of it.
 *
 * Doc: delete-one-private-endpoint-for-encryption-at-rest-using-customer-key-management.
 */
export const deleteEncryptionEndpoint: StepKind<DeleteEncryptionEndpointWith> = {
  use: 'delete-encryption-endpoint',
  stages: ['cleanup'],
  effect: 'change',
  destroys: {
    what: 'a private endpoint',
    name: ({ endpoint }) => endpoint,
  },
  operations: { requestPrivateEndpointDeletion: ['Project Owner'] },
  with: settings,
  params: { provider: 'cloudProvider', endpoint: 'endpointId' },
  summary: ({ provider, endpoint }, { target }) =>
    `Delete the ${provider} private endpoint ${endpoint} for encryption at rest of project ${target?.project ?? 'of the target'}`,

  send: onTarget(async ({ provider, endpoint }, { project }, { atlas }) => {
    const path = { groupId: project, cloudProvider: provider, endpointId: endpoint };
    const change = await deleteUnlessGone(() => atlas.encryption.requestPrivateEndpointDeletion(path));
    const what = `the ${provider} private endpoint ${endpoint} for encryption at rest of project ${project}`;
    if (change === 'made') return { outcome: 'done', message: `Atlas took the request to delete ${what}.` };
    return {
      outcome: 'done',
      message: `Atlas does not know ${what}; there was nothing to delete.`,
      evidence: { already: true },
    };
  }),
};
