import type { Cli, Remote } from './cli.ts';
import type { RemoteApi } from './remote/remote-api.ts';

/**
 * The API of `--remote`. Its code is loaded only by whoever needs it.
 *
 * @throws UsageError when the address is none, or there is nothing to prove who asks.
 */
export async function reachRemote(remote: Remote, cli: Cli): Promise<RemoteApi> {
  const { remoteApi } = await import('./remote/remote-api.ts');
  return remoteApi(remote, cli);
}
