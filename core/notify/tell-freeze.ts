import type { FreezeEntry } from '../jobs/freeze.ts';
import type { Outbound } from '../outbound.ts';
import type { NotifyChannel } from '../runbooks/kinds/notify.ts';
import { freezeEventOf } from './freeze-event.ts';
import { tellChannels, type ChannelNotice } from './tell-channels.ts';

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
): Promise<ChannelNotice[]> {
  return tellChannels(freezeEventOf(entry), channels, outbound, now);
}
