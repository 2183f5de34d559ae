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

/** Makes code of a schema, which says the same of every document. */
export type Compile = <Schema extends z.ZodType>(schema: Schema) => Schema;

/** The methods of a set of operations. What each method's type promises, the operation's schemas check at run time. */
function apiOf<Operations extends Readonly<Record<string, Operation>>>(
  operations: Operations,
  call: Call,
  compile: Compile | undefined,
): ApiOf<Operations> {
  const methods = Object.entries(operations).map(
    ([id, operation]) => [id, method(operation, call, compile)] as const,
  );
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
  compile: Compile | undefined,
): ApisOf<Resources> {
  const apis = Object.entries(resources).map(
    ([name, operations]) => [name, apiOf(operations, call, compile)] as const,
  );
  return Object.fromEntries(apis) as unknown as ApisOf<Resources>;
}

function method(operation: Operation, call: Call, compile: Compile | undefined) {
  const schema = () => replySchema(operation, compile);
  if (operation.shape === 'one') return (params: unknown) => call(operation, params, schema());
  return (params: unknown) =>
    allPages(operation, (page) => call(operation, params, schema() as PageSchema, page));
}

type PageSchema = ReturnType<typeof pageSchema>;

/** What the replies of an operation are read with. */
interface Reading {
  schema: z.ZodType;
  calls: number;
}

/** Of the operations that were called in this process. */
const readings = new WeakMap<Operation, Reading>();

/** Calls after which the schema of an operation is made into code. That takes as long as some hundred replies take to read. */
const OFTEN = 20;

/** The schema of a reply. A process that soon ends is quicker without code. */
function replySchema(operation: Operation, compile: Compile | undefined): z.ZodType {
  const reading = readings.get(operation) ?? { schema: schemaOf(operation), calls: 0 };
  readings.set(operation, reading);
  reading.calls += 1;
  if (reading.calls === OFTEN && compile !== undefined) reading.schema = compile(reading.schema);
  return reading.schema;
}

function schemaOf(operation: Operation): z.ZodType {
  return operation.shape === 'one' ? operation.reply : pageSchema(operation);
}
