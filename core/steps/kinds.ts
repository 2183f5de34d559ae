// Made by npm run generate from the files of this folder. Do not edit.
import { alertFields } from './alert-fields.ts';
import { alerts } from './alerts.ts';
import { apiAccess } from './api-access.ts';
import { approval } from './approval.ts';
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
import { supportAccess } from './support-access.ts';
import { team } from './team.ts';
import { unpinFcv } from './unpin-fcv.ts';
import { webhook } from './webhook.ts';
import type { StepKind, StepLibrary } from './protocol/step-kind.ts';

/** Every kind of step that a runbook may use. */
export const STEP_KINDS: readonly StepKind[] = [
  alertFields,
  alerts,
  apiAccess,
  approval,
  auditing,
  databaseUsers,
  deleteEncryptionEndpoint,
  deletePrivateEndpoint,
  deleteSearchNodes,
  disks,
  encryptionAtRest,
  events,
  measurements,
  networkPeering,
  pinFcv,
  pipelineRun,
  privateEndpointService,
  projectUser,
  removeLdapMapping,
  revokeJwks,
  roleMapping,
  searchIndex,
  serviceAccount,
  slowOperationThreshold,
  supportAccess,
  team,
  unpinFcv,
  webhook,
];

/** The kinds by the name that a runbook uses them by. */
export const KIND_BY_USE: StepLibrary = new Map(STEP_KINDS.map((kind) => [kind.use, kind]));
