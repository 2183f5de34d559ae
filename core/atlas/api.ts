import type { z } from 'zod';
import type { ApiOf, Operation } from './operation.ts';
import { allPages, pageSchema } from './pages.ts';
import type { PageWanted } from './request.ts';

/** Calls an operation once and reads its answer. */
export type Call = <Schema extends z.ZodType>(
  operation: Operation,
  params: unknown,
  schema: Schema,
  page?: PageWanted,
) => Promise<z.output<Schema>>;

/** The methods of a set of operations. What each method's type promises, the operation's schemas check at run time. */
export function apiOf<Operations extends Readonly<Record<string, Operation>>>(
  operations: Operations,
  call: Call,
): ApiOf<Operations> {
  const methods = Object.entries(operations).map(([id, operation]) => [id, method(operation, call)] as const);
  return Object.fromEntries(methods) as unknown as ApiOf<Operations>;
}

function method(operation: Operation, call: Call) {
  if (operation.shape === 'one') return (params: unknown) => call(operation, params, operation.reply);
  const schema = pageSchema(operation);
  return (params: unknown) => allPages(operation, (page) => call(operation, params, schema, page));
}
