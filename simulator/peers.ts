import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { PeerState, ProjectState } from './project-state.ts';
import { bodyId, checkedBody } from './request-body.ts';

/** An address, or a block of them; the Admin API's document only knows the former, and Atlas takes both. */
const addresses = z.string().regex(/^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$|^[0-9a-f:]+(\/\d{1,3})?$/);
const azureName = z.string().regex(/^[-\w.()]+$/);

/** What each provider's peer is pointed with. */
const SETTINGS: Readonly<Record<PeerState['provider'], z.ZodType<Readonly<Record<string, string>>>>> = {
  AWS: z.object({
    accepterRegionName: z.string().min(1),
    awsAccountId: z.string().regex(/^\d{12}$/),
    routeTableCidrBlock: addresses,
    vpcId: z.string().regex(/^vpc-[0-9a-f]{17}$/),
  }),
  AZURE: z.object({
    azureDirectoryId: z.uuid(),
    azureSubscriptionId: z.uuid(),
    resourceGroupName: azureName,
    vnetName: azureName,
  }),
  GCP: z.object({
    gcpProjectId: z.string().regex(/^[a-z][0-9a-z-]{4,28}[0-9a-z]$/),
    networkName: z.string().regex(/^[a-z]([-a-z0-9]{0,62}[a-z0-9])?$/),
  }),
};

const target = z.object({
  containerId: bodyId,
  providerName: z.enum(['AWS', 'AZURE', 'GCP']).default('AWS'),
});

/** Where a peer stands on its way, by the share of the time that connecting takes. */
const WAYS: Readonly<Record<PeerState['provider'], readonly (readonly [share: number, status: string])[]>> = {
  AWS: [
    [0, 'INITIATING'],
    [0.3, 'PENDING_ACCEPTANCE'],
    [0.7, 'FINALIZING'],
  ],
  AZURE: [[0, 'ADDING_PEER']],
  GCP: [
    [0, 'ADDING_PEER'],
    [0.5, 'WAITING_FOR_USER'],
  ],
};

/** The status of a peer in the words of its provider. */
export function peerStatus(peer: PeerState, now: number): string {
  const share = (now - peer.changedAt) / (peer.connectsAfter * 1000);
  if (share >= 1) return peer.fails ? 'FAILED' : 'AVAILABLE';
  return WAYS[peer.provider].findLast(([from]) => share >= from)?.[1] ?? 'INITIATING';
}

/**
 * Points a peer at another network; it connects anew.
 *
 * @throws ApiError the one of its first wrong attribute: the provider and the container cannot change; and
 *   `PEER_ALREADY_EXISTS` (409) when another peer of the project points there.
 */
export function updatePeer(project: ProjectState, peer: PeerState, body: unknown, now: number): void {
  const { containerId, providerName } = checkedBody(target, body);
  if (providerName !== peer.provider) throw new ApiError('INVALID_ATTRIBUTE', 'providerName');
  if (containerId !== peer.containerId) throw new ApiError('INVALID_ATTRIBUTE', 'containerId');
  const settings = checkedBody(SETTINGS[peer.provider], body);
  const twin = project.peers.some((other) => other !== peer && sameSettings(other.settings, settings));
  if (twin) throw new ApiError('PEER_ALREADY_EXISTS');
  peer.settings = settings;
  peer.changedAt = now;
}

function sameSettings(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(right).every(([name, value]) => left[name] === value);
}
