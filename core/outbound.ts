import { LifeboatError } from './errors.ts';

/** A request to a system of the user's own. */
export interface OutboundRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, byte for byte: what is signed is what is sent. */
  readonly body: string;
}

/** What such a system answered. */
export interface OutboundReply {
  readonly status: number;
}

/**
 * The way to systems other than Atlas: webhooks and chats. A simulated job is given one that leads into the simulator, so
 * that a rehearsal never reaches a real system.
 */
export interface Outbound {
  /**
   * Posts a request, once.
   *
   * @throws OutboundError when no answer came; OutboundRefusedError when nothing may be posted there.
   */
  post(request: OutboundRequest): Promise<OutboundReply>;
  /** The secret of this name: an environment variable on one machine. Undefined where there is none. */
  secret(name: string): Promise<string | undefined>;
}

/** A system of the user's own could not be reached, or did not answer in time. */
export class OutboundError extends LifeboatError {
  override readonly name = 'OutboundError';
  override readonly retryable = true;
}

/** The address of a system is one that nothing may be posted to. The message continues the sentence "because …". */
export class OutboundRefusedError extends LifeboatError {
  override readonly name = 'OutboundRefusedError';
  override readonly retryable = false;
}
