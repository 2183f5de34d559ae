import type * as z from 'zod';
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
function apiOf<Operations extends Readonly<Record<string, Operation>>>(
  operations: Operations,
  call: Call,
): ApiOf<Operations> {
  const methods = Object.entries(operations).map(([id, operation]) => [id, method(operation, call)] as const);
  return Object.fromEntries(methods) as unknown as ApiOf<Operations>;
}

/** Resources, each with the methods of its operations. */
export type ApisOf<Resources extends Readonly<Record<string, Readonly<Record<string, Operation>>>>> = {
  readonly [Name in keyof Resources]: ApiOf<Resources[Name]>;
};

/** The methods of all resources. */
export function apisOf<Resources extends Readonly<Record<string, Readonly<Record<string, Operation>>>>>(
  resources: Resources,
  call: Call,
): ApisOf<Resources> {
  const apis = Object.entries(resources).map(
    ([name, operations]) => [name, apiOf(operations, call)] as const,
  );
  return Object.fromEntries(apis) as unknown as ApisOf<Resources>;
}

function method(operation: Operation, call: Call) {
  if (operation.shape === 'one') return (params: unknown) => call(operation, params, operation.reply);
  const schema = pageSchema(operation);
  return (params: unknown) => allPages(operation, (page) => call(operation, params, schema, page));
}
