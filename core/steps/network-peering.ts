import * as z from 'zod';
import { idField } from '../runbooks/id-field.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { justSent } from './shared/just-sent.ts';
import { onTarget } from './shared/on-target.ts';

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

const LOOK_AGAIN_SECONDS = 15;

/** States that no waiting changes, of AWS (`statusName`) and of Azure and GCP (`status`). */
const OVER: ReadonlySet<string> = new Set(['FAILED', 'TERMINATING', 'DELETING', 'TERMINATED']);
/** States in which the owner of the other network must do something. */
const THEIR_TURN: ReadonlySet<string> = new Set(['PENDING_ACCEPTANCE', 'WAITING_FOR_USER']);

/** A peering connection as Atlas shows it, as far as this step reads it. */
type Peer = Readonly<Record<string, unknown>>;

/**
 * Points a peering connection at the recovery network and waits until it is up.
 *
 * Doc: update-one-network-peering-connection.
 */
export const networkPeering: StepKind<NetworkPeeringWith> = {
  use: 'network-peering',
  stages: ['after'],
  effect: 'change',
  destroys: false,
  operations: { updateGroupPeer: ['Project Network Access Manager'], getGroupPeer: ['Project Read Only'] },
  with: settings,
  params: { peer: 'peerId' },
  summary: (settings) => `Point the peering connection ${settings.peer} at ${networkName(settings)}`,

  send: onTarget(async (settings, { project }, { atlas }) => {
    const path = { groupId: project, peerId: settings.peer };
    const before = await atlas.networkPeering.getGroupPeer(path);
    if (leadsThere(before, settings)) {
      const answer = answerOf(before, settings);
      return answer.outcome === 'done'
        ? { ...answer, evidence: { ...answer.evidence, already: true } }
        : answer;
    }
    await atlas.networkPeering.updateGroupPeer({ ...path, body: bodyOf(settings) });
    return connecting(settings, 'INITIATING');
  }),

  look: onTarget(async (settings, { project }, context) => {
    const { atlas } = context;
    const found = await atlas.networkPeering.getGroupPeer({ groupId: project, peerId: settings.peer });
    if (leadsThere(found, settings)) return answerOf(found, settings);
    if (justSent(context)) return connecting(settings, 'not shown by Atlas yet');
    return {
      outcome: 'failed',
      message: `The peering connection ${settings.peer} no longer leads to ${networkName(settings)}: someone or something else has changed it since.`,
    };
  }),
};

function answerOf(peer: Peer, settings: NetworkPeeringWith): StepAnswer {
  const status = text(peer.statusName) ?? text(peer.status) ?? 'without a status';
  const connection = `The peering connection ${settings.peer} to ${networkName(settings)}`;
  if (status === 'AVAILABLE')
    return { outcome: 'done', message: `${connection} is AVAILABLE.`, evidence: { status } };
  if (!OVER.has(status)) return connecting(settings, status);
  const reason = text(peer.errorStateName) ?? text(peer.errorState) ?? text(peer.errorMessage);
  return {
    outcome: 'failed',
    message: `${connection} is ${status}${reason === undefined ? '' : ` (${reason})`}. It was changed and is not up.`,
    evidence: { status, reason: reason ?? null },
  };
}

function connecting(settings: NetworkPeeringWith, status: string): StepAnswer {
  const hint = THEIR_TURN.has(status) ? ': the owner of that network has to accept it' : '';
  return {
    outcome: 'wait',
    sent: true,
    waitSeconds: LOOK_AGAIN_SECONDS,
    message: `The peering connection ${settings.peer} to ${networkName(settings)} is ${status}${hint}.`,
    evidence: { status },
  };
}

function bodyOf({ container, to }: NetworkPeeringWith) {
  const containerId = container;
  if ('aws' in to) return { containerId, providerName: 'AWS', ...to.aws } as const;
  if ('azure' in to) return { containerId, providerName: 'AZURE', ...to.azure } as const;
  return { containerId, providerName: 'GCP', ...to.gcp } as const;
}

/**
 * Whether the connection leads where the runbook wants it to. A setting that Atlas leaves out is no difference: it does so
 * with the region of a VPC that lies in the region of its own. The network itself must be shown.
 */
function leadsThere(peer: Peer, settings: NetworkPeeringWith): boolean {
  const body = Object.entries(bodyOf(settings));
  const shown = body.filter(([name]) => peer[name] !== undefined);
  return (
    shown.some(([, value]) => value === networkName(settings)) &&
    shown.every(([name, value]) => peer[name] === value)
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
