import { networkName, type NetworkPeeringWith } from '../runbooks/steps/network-peering.ts';
import { justSent } from './just-sent.ts';
import { onTarget } from './on-target.ts';
import type { StepAnswer, StepWork } from './step.ts';

const LOOK_AGAIN_SECONDS = 15;

/** States that no waiting changes, of AWS (`statusName`) and of Azure and GCP (`status`). */
const OVER: ReadonlySet<string> = new Set(['FAILED', 'TERMINATING', 'DELETING', 'TERMINATED']);
/** States in which the owner of the other network must do something. */
const THEIR_TURN: ReadonlySet<string> = new Set(['PENDING_ACCEPTANCE', 'WAITING_FOR_USER']);

/** A peering connection as Atlas shows it, as far as this step reads it. */
type Peer = Readonly<Record<string, unknown>>;

/** Points the peering connection at the network and waits until it is up. */
export const networkPeering: StepWork<NetworkPeeringWith> = {
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
