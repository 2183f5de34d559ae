import { deliver, nameOf, type Delivered } from '../deliver.ts';
import type { Outbound } from '../outbound.ts';
import { jsonText } from '../visible-text.ts';
import type { NotifyChannel } from '../runbooks/kinds/notify.ts';
import { destinationOf } from './notice-event.ts';
import { slackText } from './slack.ts';

/** What became of a notification that is about no job. */
export interface ChannelNotice {
  /** The host of the address, or the name of the secret that holds it. */
  readonly to: string;
  readonly sent: boolean;
  /** Why it did not arrive; continues "The address …". */
  readonly problem?: string;
}

/** What channels are notified of: JSON for a webhook, its text for a chat. */
interface ChannelEvent {
  /** The same when it is repeated. */
  readonly id: string;
  readonly text: string;
}

/** Attempts for each channel: there is no job that could try again later. */
const MOST_ATTEMPTS = 2;

/**
 * Notifies channels of what is about no job, each once, whatever their `on` says.
 *
 * @param now milliseconds since the UNIX epoch.
 */
export async function tellChannels(
  event: ChannelEvent,
  channels: readonly NotifyChannel[],
  outbound: Outbound,
  now: number,
): Promise<ChannelNotice[]> {
  return Promise.all(channels.map((channel) => send(channel, event, outbound, now)));
}

async function send(
  channel: NotifyChannel,
  event: ChannelEvent,
  outbound: Outbound,
  now: number,
): Promise<ChannelNotice> {
  const destination = destinationOf(channel);
  const body = jsonText('slack' in channel ? { text: slackText(event.text) } : event);
  let delivered: Delivered = { outcome: 'again', reason: 'was not posted to' };
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && delivered.outcome === 'again'; attempt += 1) {
    delivered = await deliver(destination, { delivery: event.id, body }, outbound, now);
  }
  const to = nameOf(destination);
  return delivered.outcome === 'taken' ? { to, sent: true } : { to, sent: false, problem: delivered.reason };
}
