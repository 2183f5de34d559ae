import { deliver, nameOf, type Delivered } from '../deliver.ts';
import type { FreezeEntry } from '../jobs/freeze.ts';
import type { Outbound } from '../outbound.ts';
import { jsonText } from '../visible-text.ts';
import type { NotifyChannel } from '../runbooks/kinds/notify.ts';
import { freezeEventOf, type FreezeEvent } from './freeze-event.ts';
import { slackText } from './slack.ts';

/** What became of a notification about a freeze. */
export interface FreezeNotice {
  /** The host of the address, or the name of the secret that holds it. */
  readonly to: string;
  readonly sent: boolean;
  /** Why it did not arrive; continues "The address …". */
  readonly problem?: string;
}

/** Attempts for each channel: there is no job that could try again later. */
const MOST_ATTEMPTS = 2;

/**
 * Notifies the channels of the policy of a freeze or an unfreeze, each once, whatever their `on` says. What does not arrive changes
 * nothing about the freeze.
 *
 * @param now milliseconds since the UNIX epoch.
 */
export async function tellFreeze(
  entry: FreezeEntry,
  channels: readonly NotifyChannel[],
  outbound: Outbound,
  now: number,
): Promise<FreezeNotice[]> {
  const event = freezeEventOf(entry);
  return Promise.all(channels.map((channel) => send(channel, event, outbound, now)));
}

async function send(
  channel: NotifyChannel,
  event: FreezeEvent,
  outbound: Outbound,
  now: number,
): Promise<FreezeNotice> {
  const destination = 'slack' in channel ? channel.slack : channel.webhook;
  const body = jsonText('slack' in channel ? { text: slackText(event.text) } : event);
  let delivered: Delivered = { outcome: 'again', reason: 'was not posted to' };
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && delivered.outcome === 'again'; attempt += 1) {
    delivered = await deliver(destination, { delivery: event.id, body }, outbound, now);
  }
  const to = nameOf(destination);
  return delivered.outcome === 'taken' ? { to, sent: true } : { to, sent: false, problem: delivered.reason };
}
