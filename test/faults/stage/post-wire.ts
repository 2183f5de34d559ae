import { OutboundError, type Outbound, type OutboundReply } from '../../../core/outbound.ts';
import { inboxRequest } from '../../support/atlas-exchange.ts';
import type { Ground } from './ground.ts';
import type { Wire } from './table-wire.ts';

/** Posts into the inbox of the simulated Atlas, whatever the address. */
export function practicePost(ground: Ground, wire: Wire): Outbound {
  return {
    post: (request) =>
      wire<OutboundReply>({
        kind: 'post',
        name: 'post',
        async perform() {
          const answer = await ground.answer(inboxRequest(request), 'inbox');
          if (answer.kind === 'cut') throw new OutboundError('the connection failed');
          return { status: answer.reply.status, text: answer.reply.body };
        },
        answered: (status, text) => ({ status, text }),
        unanswered: () => Promise.reject(new OutboundError('none within 10 s')),
      }),
    secret: (name) => Promise.resolve(`https://practice.invalid/${name}`),
  };
}
