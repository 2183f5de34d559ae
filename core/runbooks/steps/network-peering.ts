import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const azureName = z
  .string()
  .regex(/^[-\w._()]+$/, 'holds a sign that Azure names do not: letters, digits and - . _ ( )');

/** An IPv4 block, or an IPv6 address as Atlas writes one (update-one-network-peering-connection). */
const BLOCK = /^(\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|([0-9a-f]{1,4}:){7}[0-9a-f]{1,4})$/;

const peer = z
  .union(
    [
      z.strictObject({
        aws: z
          .strictObject({
            accepterRegionName: z
              .string()
              .min(1, 'is empty')
              .describe('AWS region of the VPC, such as eu-central-1'),
            awsAccountId: z
              .string()
              .regex(/^[0-9]{12}$/, 'is not an AWS account: 12 digits, in quotes')
              .describe('AWS account of the VPC, 12 digits'),
            routeTableCidrBlock: z
              .string()
              .regex(BLOCK, 'is not a block of addresses such as 10.20.0.0/16')
              .describe('Addresses of the VPC, such as 10.20.0.0/16'),
            vpcId: z
              .string()
              .regex(/^vpc-[0-9a-f]{17}$/, 'is not the id of a VPC: vpc- and 17 hexadecimal digits')
              .describe('Id of the VPC'),
          })
          .describe('A VPC of AWS'),
      }),
      z.strictObject({
        azure: z
          .strictObject({
            azureDirectoryId: z.uuid('is not a UUID').describe('Id of the Azure directory'),
            azureSubscriptionId: z.uuid('is not a UUID').describe('Id of the Azure subscription'),
            resourceGroupName: azureName.describe('Resource group of the virtual network'),
            vnetName: azureName.describe('Name of the virtual network'),
          })
          .describe('A virtual network of Azure'),
      }),
      z.strictObject({
        gcp: z
          .strictObject({
            gcpProjectId: z
              .string()
              .regex(/^[a-z][0-9a-z-]{4,28}[0-9a-z]$/, 'is not the id of a Google Cloud project')
              .describe('Google Cloud project of the network'),
            networkName: z
              .string()
              .regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'is not the name of a network of Google Cloud')
              .describe('Name of the network'),
          })
          .describe('A network of Google Cloud'),
      }),
    ],
    { error: 'needs exactly one of aws, azure, gcp' },
  )
  .describe('Where the peering connection leads: exactly one of aws, azure, gcp');

const settings = z.strictObject({
  peer: idField('peering connection'),
  container: idField('network container'),
  to: peer,
});

/** What `with` holds. */
export type NetworkPeeringWith = z.output<typeof settings>;

/** The name of the network that the connection is to lead to. */
export function networkName({ to }: NetworkPeeringWith): string {
  if ('aws' in to) return to.aws.vpcId;
  return 'azure' in to ? to.azure.vnetName : to.gcp.networkName;
}

/** Points a peering connection at the recovery network and waits until it is up (update-one-network-peering-connection). */
export const networkPeeringKind = {
  use: 'network-peering',
  stages: ['after'],
  effect: 'change',
  destroys: false,
  operations: ['updateGroupPeer', 'getGroupPeer'],
  with: settings,
  summary: (settings) => `Point the peering connection ${settings.peer} at ${networkName(settings)}`,
} as const satisfies StepKind<NetworkPeeringWith>;
