import type * as z from 'zod';
import type { Caller, HttpHost, Scope } from './host.ts';
import type { ProblemName } from './problems.ts';

/** A request as it came, not checked yet. */
export interface RawRequest {
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  /** A list where a name comes more than once. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the route takes none. */
  readonly body: unknown;
}

/** What a route answers when it does what was asked. */
export interface Answer {
  readonly status: number;
  /** JSON, unless the route's answer is of another media type: then text. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A kind of good answer. */
export interface AnswerFacts {
  readonly description: string;
  /** Absent for an answer that is not JSON. */
  readonly schema?: z.ZodType;
  /** `application/json` unless it is said. */
  readonly mediaType?: string;
}

/** The schemas that a request is checked with. */
interface Inputs {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Only those that mean something to the route; others pass. */
  readonly headers: z.ZodObject;
  readonly body: z.ZodType;
}

/** What is known of a route beside what it does. */
export interface RouteFacts extends Partial<Inputs> {
  readonly method: 'GET' | 'POST';
  /** With `{name}` for each parameter. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: Scope;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerFacts>>;
  /** Those that only this route has. */
  readonly problems: readonly ProblemName[];
}

/** A request whose parts fit the route. */
export interface Asked<Facts extends RouteFacts> {
  readonly caller: Caller;
  readonly params: Output<Facts['params']>;
  readonly query: Output<Facts['query']>;
  readonly headers: Output<Facts['headers']>;
  readonly body: Output<Facts['body']>;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A route of the API. */
export interface Route extends RouteFacts {
  /**
   * Checks a request and does what it asks for.
   *
   * @throws RequestRefusedError naming everything that is wrong, and what the route does throws.
   */
  answer(raw: RawRequest, host: HttpHost): Promise<Answer>;
}
