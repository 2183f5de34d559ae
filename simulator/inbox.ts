import { header, type Incoming } from './api.ts';
import { jsonReply, type Reply } from './http-types.ts';
import type { World } from './world.ts';

/** Messages that are kept; each may be as long as a message may be. */
const KEPT = 500;

/** Takes what a simulated job posts to systems of its user's, whatever it is, and answers that it is done. */
export function takeMessage(world: World, incoming: Incoming, now: number): Reply {
  const { body } = incoming;
  const names = Object.keys(incoming.headers).filter((name) => name.startsWith('lifeboat-'));
  world.inbox.push({
    at: new Date(now).toISOString(),
    meantFor: header(incoming, 'lifeboat-meant-for') ?? null,
    headers: Object.fromEntries(names.map((name) => [name, header(incoming, name) ?? ''])),
    body,
  });
  if (world.inbox.length > KEPT) world.inbox.shift();
  return jsonReply(200, {});
}
