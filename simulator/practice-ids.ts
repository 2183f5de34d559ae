/**
 * Names and ids of the default world that are the same for every seed, so that examples and tests can be written
 * with them. What belongs to a project belongs to the one for drills.
 */
export const PRACTICE_IDS = {
  productionId: '5e2f1c0a9d3b7a4c8e6f0a01',
  drillsId: '5e2f1c0a9d3b7a4c8e6f0a02',
  archiveId: '5e2f1c0a9d3b7a4c8e6f0a03',
  platformId: '5e2f1c0a9d3b7a4c8e6f0a04',
  orgId: '5e2f1c0a9d3b7a4c8e6f0aff',
  otherOrgId: '5e2f1c0a9d3b7a4c8e6f0afe',
  /** The responders: two who are here and one who was only invited. */
  teamId: '5e2f1c0a9d3b7a4c8e6f0b01',
  /** An API key that may be used from the two addresses below. */
  apiUserId: '5e2f1c0a9d3b7a4c8e6f0b02',
  accessAddress: '203.0.113.10',
  accessBlock: '192.0.2.0/24',
  /** A service account that may do little. */
  clientId: 'mdb_sa_id_5e2f1c0a9d3b7a4c8e6f0b03',
  federationSettingsId: '5e2f1c0a9d3b7a4c8e6f0b04',
  identityProviderId: '5e2f1c0a9d3b7a4c8e6f0b05',
  samlProviderId: '5e2f1c0a9d3b7a4c8e6f0b06',
  /** A private endpoint service of AWS with two endpoints; what the service lists them as is beside them. */
  endpointServiceId: '5e2f1c0a9d3b7a4c8e6f0c01',
  endpointId: 'vpce-0a1b2c3d4e5f60711',
  interfaceId: '5e2f1c0a9d3b7a4c8e6f0c11',
  otherEndpointId: 'vpce-0a1b2c3d4e5f60712',
  otherInterfaceId: '5e2f1c0a9d3b7a4c8e6f0c12',
  /** One of Azure and one of GCP, each with its only endpoint. */
  azureEndpointServiceId: '5e2f1c0a9d3b7a4c8e6f0c02',
  azureEndpointId:
    '/subscriptions/5e2f1c0a-9d3b-4a4c-8e6f-0c0200000001/resourceGroups/recovery/providers/Microsoft.Network/privateEndpoints/atlas-drills',
  gcpEndpointServiceId: '5e2f1c0a9d3b7a4c8e6f0c03',
  gcpEndpointId: 'atlas-drills',
  /** A private endpoint to the key service of AWS. */
  encryptionEndpointId: '5e2f1c0a9d3b7a4c8e6f0c04',
  /** A key that Atlas cannot use. */
  unusableKeyId: 'alias/unusable',
  peerId: '5e2f1c0a9d3b7a4c8e6f0d01',
  containerId: '5e2f1c0a9d3b7a4c8e6f0d11',
  azurePeerId: '5e2f1c0a9d3b7a4c8e6f0d02',
  azureContainerId: '5e2f1c0a9d3b7a4c8e6f0d12',
  gcpPeerId: '5e2f1c0a9d3b7a4c8e6f0d03',
  gcpContainerId: '5e2f1c0a9d3b7a4c8e6f0d13',
  /** A live migration that is ready to be cut over. */
  liveMigrationId: '5e2f1c0a9d3b7a4c8e6f0e01',
  /** The live migration of `orders` into the cluster of that name in the platform project: ready some minutes from now. */
  ordersMigrationId: '5e2f1c0a9d3b7a4c8e6f0e11',
  /** A data lake pipeline that is paused, and its run that waits for it. */
  pipelineName: 'orders-to-lake',
  pipelineId: '5e2f1c0a9d3b7a4c8e6f0e02',
  pipelineRunId: '5e2f1c0a9d3b7a4c8e6f0e03',
  donePipelineRunId: '5e2f1c0a9d3b7a4c8e6f0e04',
  /** A snapshot export job that is under way, and the bucket it writes into. */
  snapshotExportId: '5e2f1c0a9d3b7a4c8e6f0e05',
  exportBucketId: '5e2f1c0a9d3b7a4c8e6f0e06',
  /** The primary of `orders-drill`, and that of `orders`. */
  processId: 'atlas-f18446-shard-00-00.9c5b5.simulated.invalid:27017',
  sourceProcessId: 'atlas-a307a8-shard-00-00.fd95c.simulated.invalid:27017',
} as const;
