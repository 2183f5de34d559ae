import type { DeleteEncryptionEndpointWith } from '../runbooks/steps/delete-encryption-endpoint.ts';
import { deleteUnlessGone } from './already.ts';
import { onTarget } from './on-target.ts';
import type { StepWork } from './step.ts';

/** Asks Atlas to delete the private endpoint. Atlas takes the request and says no more of it. */
export const deleteEncryptionEndpoint: StepWork<DeleteEncryptionEndpointWith> = {
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
