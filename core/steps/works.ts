import type * as z from 'zod';
import type { STEP_KINDS } from '../runbooks/steps/kinds.ts';
import { alertFields } from './alert-fields.ts';
import { alerts } from './alerts.ts';
import { apiAccess } from './api-access.ts';
import { auditing } from './auditing.ts';
import { databaseUsers } from './database-users.ts';
import { deleteEncryptionEndpoint } from './delete-encryption-endpoint.ts';
import { deletePrivateEndpoint } from './delete-private-endpoint.ts';
import { deleteSearchNodes } from './delete-search-nodes.ts';
import { disks } from './disks.ts';
import { encryptionAtRest } from './encryption-at-rest.ts';
import { events } from './events.ts';
import { measurements } from './measurements.ts';
import { networkPeering } from './network-peering.ts';
import { pinFcv } from './pin-fcv.ts';
import { pipelineRun } from './pipeline-run.ts';
import { privateEndpointService } from './private-endpoint-service.ts';
import { projectUser } from './project-user.ts';
import { removeLdapMapping } from './remove-ldap-mapping.ts';
import { revokeJwks } from './revoke-jwks.ts';
import { roleMapping } from './role-mapping.ts';
import { searchIndex } from './search-index.ts';
import { serviceAccount } from './service-account.ts';
import { slowOperationThreshold } from './slow-operation-threshold.ts';
import type { StepWork } from './step.ts';
import { supportAccess } from './support-access.ts';
import { team } from './team.ts';
import { unpinFcv } from './unpin-fcv.ts';
import { webhook } from './webhook.ts';

/** An approval is waited for, not carried out. */
type Kind = Exclude<(typeof STEP_KINDS)[number], { readonly use: 'approval' }>;

/** How each kind of step is carried out, by the name that a runbook uses it by. */
export const WORKS = {
  alerts,
  'alert-fields': alertFields,
  'database-users': databaseUsers,
  auditing,
  disks,
  measurements,
  events,
  'pipeline-run': pipelineRun,
  'private-endpoint-service': privateEndpointService,
  'api-access': apiAccess,
  team,
  'project-user': projectUser,
  'role-mapping': roleMapping,
  'service-account': serviceAccount,
  'support-access': supportAccess,
  'encryption-at-rest': encryptionAtRest,
  'pin-fcv': pinFcv,
  'search-index': searchIndex,
  'network-peering': networkPeering,
  'slow-operation-threshold': slowOperationThreshold,
  'revoke-jwks': revokeJwks,
  'remove-ldap-mapping': removeLdapMapping,
  'unpin-fcv': unpinFcv,
  'delete-search-nodes': deleteSearchNodes,
  'delete-private-endpoint': deletePrivateEndpoint,
  'delete-encryption-endpoint': deleteEncryptionEndpoint,
  webhook,
} satisfies { readonly [One in Kind as One['use']]: StepWork<z.output<One['with']>> };
