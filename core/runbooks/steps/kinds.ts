import { alertFieldsKind } from './alert-fields.ts';
import { alertsKind } from './alerts.ts';
import { apiAccessKind } from './api-access.ts';
import { approvalKind } from './approval.ts';
import { auditingKind } from './auditing.ts';
import { databaseUsersKind } from './database-users.ts';
import { deleteEncryptionEndpointKind } from './delete-encryption-endpoint.ts';
import { deletePrivateEndpointKind } from './delete-private-endpoint.ts';
import { deleteSearchNodesKind } from './delete-search-nodes.ts';
import { disksKind } from './disks.ts';
import { encryptionAtRestKind } from './encryption-at-rest.ts';
import { eventsKind } from './events.ts';
import { measurementsKind } from './measurements.ts';
import { networkPeeringKind } from './network-peering.ts';
import { pinFcvKind } from './pin-fcv.ts';
import { pipelineRunKind } from './pipeline-run.ts';
import { privateEndpointServiceKind } from './private-endpoint-service.ts';
import { projectUserKind } from './project-user.ts';
import { removeLdapMappingKind } from './remove-ldap-mapping.ts';
import { revokeJwksKind } from './revoke-jwks.ts';
import { roleMappingKind } from './role-mapping.ts';
import { searchIndexKind } from './search-index.ts';
import { serviceAccountKind } from './service-account.ts';
import { slowOperationThresholdKind } from './slow-operation-threshold.ts';
import { supportAccessKind } from './support-access.ts';
import { teamKind } from './team.ts';
import { unpinFcvKind } from './unpin-fcv.ts';
import { webhookKind } from './webhook.ts';
import type { StepKind } from './kind.ts';

/** Every kind of step that a runbook may use, in the order in which the documentation lists them. */
export const STEP_KINDS = [
  approvalKind,
  webhookKind,
  alertsKind,
  alertFieldsKind,
  databaseUsersKind,
  auditingKind,
  disksKind,
  measurementsKind,
  eventsKind,
  pipelineRunKind,
  privateEndpointServiceKind,
  apiAccessKind,
  teamKind,
  projectUserKind,
  roleMappingKind,
  serviceAccountKind,
  supportAccessKind,
  encryptionAtRestKind,
  pinFcvKind,
  searchIndexKind,
  networkPeeringKind,
  slowOperationThresholdKind,
  revokeJwksKind,
  removeLdapMappingKind,
  unpinFcvKind,
  deleteSearchNodesKind,
  deletePrivateEndpointKind,
  deleteEncryptionEndpointKind,
] as const satisfies readonly StepKind[];

/** The kinds by the name that a runbook uses them by. */
export const KIND_BY_USE: ReadonlyMap<string, StepKind> = new Map(STEP_KINDS.map((kind) => [kind.use, kind]));
