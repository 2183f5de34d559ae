import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { apisOf, type Call, type Compile } from './api.ts';
import type { Authorizer } from './authorizer.ts';
import type { AtlasClient } from './client.ts';
import type { Credentials } from './credentials.ts';
import { digestAuthorizer } from './digest.ts';
import { createRateLimits } from './rate-limits.ts';
import { redactor } from './redact.ts';
import { readReply } from './reply.ts';
import { prepare } from './request.ts';
import { operationOf, RESOURCES } from './resources.ts';
import { type RequestRecord, send, type SendContext } from './send.ts';
import { serviceAccountAuthorizer } from './service-account.ts';
import type { SharedTokens } from './shared-tokens.ts';
import { type Timeouts, withDefaults } from './timeouts.ts';
import { createTransport, type Transport } from './transport.ts';

/** How to reach Atlas, and what the client is handed. */
export interface AtlasClientOptions {
  /** `https://cloud.mongodb.com`, or another Atlas. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** Draws the jitter of waits. */
  readonly random: Random;
  /** Told of every HTTP exchange once it has ended, token fetches included. What it throws is ignored. */
  readonly onRequest?: (record: RequestRecord) => void;
  /** Where tokens of service accounts are shared with other processes. */
  readonly tokens?: SharedTokens | undefined;
  /** Milliseconds of real time, whatever the clock. */
  readonly timeouts?: Partial<Timeouts>;
  /**
   * Makes code of the schemas that replies are often read with, such as zod's `compile`: lists then take half the time and memory.
   * It is 30 KB, for which a function on AWS asks Atlas too seldom.
   */
  readonly compile?: Compile;
  /** Carries requests in place of HTTP, for an Atlas in the same process. `timeouts` but for `change` are then its own. */
  readonly transport?: Transport;
}

/**
 * A client of the Atlas Admin API. It connects when it is first used.
 *
 * Methods throw AtlasRequestError before anything is sent, AtlasUnreachableError when nothing could be sent,
 * AtlasCredentialsError, AtlasError when Atlas refuses, AtlasReplyLostError and AtlasReplyError when a change may have
 * taken effect without a usable answer. Reads are repeated up to five times; a change only when it was certainly not
 * carried out, and for at most `LONGEST_REQUEST_SECONDS` seconds in all.
 */
export function createAtlasClient(options: AtlasClientOptions): AtlasClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const timeouts = withDefaults(options.timeouts);
  const transport = options.transport ?? createTransport(timeouts);
  const context: SendContext = {
    transport,
    clock: options.clock,
    random: options.random,
    limits: createRateLimits(options.clock),
    redact: redactor(() => authorizer.secrets()),
    onRequest: options.onRequest ?? (() => undefined),
    changeTimeout: timeouts.change,
  };
  const authorizer = authorizerFor(options, baseUrl, context);

  const call: Call = async (operation, params, schema, page) => {
    const prepared = prepare({ baseUrl, now: options.clock.now() }, operation, params, page);
    return readReply(prepared, await send(context, prepared, authorizer), schema);
  };

  return {
    ...apisOf(RESOURCES, call, options.compile),
    call: async (operationId, params, page) => call(operationOf(operationId), params, z.unknown(), page),
    close: () => transport.close(),
  };
}

function authorizerFor(
  { credentials, clock, random, tokens }: AtlasClientOptions,
  baseUrl: string,
  context: SendContext,
): Authorizer {
  if (credentials.kind === 'apiKey') return digestAuthorizer(credentials, random);
  return serviceAccountAuthorizer(credentials, baseUrl, clock, (call) => send(context, call), tokens);
}
