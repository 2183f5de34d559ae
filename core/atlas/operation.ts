import type * as z from 'zod';

interface OperationBase {
  /** The name MongoDB's OpenAPI document overrides the operationId with, or the operationId itself. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `{name}` for each path parameter. */
  readonly path: string;
  /** Version of the operation, `YYYY-MM-DD`, as its media type carries it. */
  readonly version: string;
  /** Whether it changes anything in Atlas. Only reads are repeated freely. */
  readonly effect: 'read' | 'change';
  /** Atlas roles that allow it; any one of them is enough. */
  readonly roles: readonly string[];
  /** Where it is described: a page of the Atlas Admin API, or the OpenAPI document. */
  readonly source: string;
  /**
   * What it rests on was read just before: the client sends it at once and a single time, and leaves it to the caller to read
   * and ask again.
   */
  readonly promptly?: true;
  /** MongoDB has announced its end. */
  readonly deprecated?: boolean;
  /**
   * Everything the call takes, under the names of the document: what the path names goes into the path, `body`
   * into the body and the rest into the query.
   */
  readonly params: z.ZodObject;
  /** Fields of the body, at whatever depth, that hold secrets. Their values are kept out of messages. */
  readonly secrets?: readonly string[];
  /**
   * Faults that depend on the moment of the call.
   *
   * @param params as `params` has checked them.
   * @param now milliseconds since the epoch.
   */
  readonly faultsAt?: (params: Readonly<Record<string, unknown>>, now: number) => readonly string[];
}

/** An operation that answers with one document, or with nothing. */
interface SingleOperation extends OperationBase {
  readonly shape: 'one';
  readonly reply: z.ZodType;
}

/** An operation that answers with a list, in numbered pages or whole. */
export interface ListOperation extends OperationBase {
  readonly shape: 'list';
  /** Whether it takes `pageNum` and `itemsPerPage`. */
  readonly paged: boolean;
  /** What has an `id` is known by it, anything else by all of its fields. */
  readonly item: z.ZodType<object>;
}

/** One operation of the Atlas Admin API, as data. */
export type Operation = SingleOperation | ListOperation;

type Method<One extends Operation> = One extends ListOperation
  ? (params: z.input<One['params']>) => AsyncIterable<z.output<One['item']>>
  : One extends SingleOperation
    ? (params: z.input<One['params']>) => Promise<z.output<One['reply']>>
    : never;

/** The methods that a set of operations gives: one per operation, named by its operationId. */
export type ApiOf<Operations extends Readonly<Record<string, Operation>>> = {
  readonly [Id in keyof Operations]: Method<Operations[Id]>;
};
