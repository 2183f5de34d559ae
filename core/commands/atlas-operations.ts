import * as z from 'zod';
import type { AtlasClient } from '../atlas/client.ts';
import { AtlasRequestError } from '../atlas/errors.ts';
import type { Operation } from '../atlas/operation.ts';
import { ITEMS_PER_PAGE } from '../atlas/pages.ts';
import { faultsOf, type PageWanted } from '../atlas/request.ts';
import { operationOf, OPERATIONS } from '../atlas/resources.ts';

/** An operation of the Atlas Admin API, as a person chooses it. */
export interface OperationFacts {
  readonly operationId: string;
  readonly method: Operation['method'];
  /** With `{name}` for each path parameter. */
  readonly path: string;
  readonly effect: Operation['effect'];
  /** Any one of these Atlas roles is enough; without one, any role is. */
  readonly roles: readonly string[];
  readonly deprecated: boolean;
  /** Where it is described: a page of the Atlas Admin API, or `openapi.json`. */
  readonly doc: string;
}

/** Every operation that Lifeboat knows, in the order of their names. */
export function listOperations(): OperationFacts[] {
  return OPERATIONS.map(({ operationId, method, path, effect, roles, deprecated, source }) => ({
    operationId,
    method,
    path,
    effect,
    roles,
    deprecated: deprecated ?? false,
    doc: source,
  }));
}

/** What an operation is called with, as written by a person: every value is text. */
export interface CallRequest {
  readonly path: Readonly<Record<string, string>>;
  /** Several values for a parameter that is a list. Lists also take `pageNum` and `itemsPerPage`. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Undefined sends none. */
  readonly body: unknown;
}

/**
 * Calls one operation once and gives its reply as it came; undefined when it has no body. Of a list it gives one page, the
 * first with as many items as Atlas puts on one, unless `pageNum` and `itemsPerPage` say otherwise.
 *
 * @throws AtlasRequestError naming every parameter that is unknown, missing, misplaced or wrong; then nothing was sent.
 * Else the errors of the Atlas client.
 */
export async function callOperation(
  atlas: AtlasClient,
  operationId: string,
  request: CallRequest,
): Promise<unknown> {
  const operation = operationOf(operationId);
  const { query, page, faults } = pageOf(operation, request.query);
  const params = paramsOf(operation, { ...request, query });
  const all = [...misplaced(operation, { ...request, query }), ...faults, ...faultsOf(operation, params)];
  if (all.length > 0) throw new AtlasRequestError(operationId, all);
  return atlas.call(operationId, params, page);
}

/** Parameters that were given in the wrong place. That they exist at all is checked with the rest. */
function misplaced({ path }: Operation, request: CallRequest): string[] {
  const inPath = (name: string) => path.includes(`{${name}}`);
  const known = new Set(Object.keys(request.query).filter((name) => inPath(name)));
  return [
    ...[...known].map((name) => `${name}: belongs into the path`),
    ...Object.keys(request.path)
      .filter((name) => !inPath(name))
      .map((name) => `${name}: is no part of the path`),
  ];
}

interface PageRequest {
  readonly query: CallRequest['query'];
  readonly page: PageWanted | undefined;
  readonly faults: readonly string[];
}

/** Takes the page out of the query. */
function pageOf(operation: Operation, given: CallRequest['query']): PageRequest {
  if (operation.shape !== 'list' || !operation.paged) return { query: given, page: undefined, faults: [] };
  const { pageNum = '1', itemsPerPage = String(ITEMS_PER_PAGE), ...query } = given;
  const faults = [
    ...(isWhole(pageNum, Number.MAX_SAFE_INTEGER) ? [] : ['pageNum: must be a whole number from 1']),
    ...(isWhole(itemsPerPage, ITEMS_PER_PAGE)
      ? []
      : [`itemsPerPage: must be a whole number from 1 to ${ITEMS_PER_PAGE}`]),
  ];
  return { query, page: { pageNum: Number(pageNum), itemsPerPage: Number(itemsPerPage) }, faults };
}

function isWhole(text: string | readonly string[], most: number): boolean {
  return typeof text === 'string' && /^[1-9]\d*$/.test(text) && Number(text) <= most;
}

function paramsOf(operation: Operation, { path, query, body }: CallRequest): Record<string, unknown> {
  const types = typesOf(operation);
  const values = Object.entries({ ...query, ...path }).map(([name, text]) => [
    name,
    valueOf(text, types[name]),
  ]);
  return { ...Object.fromEntries(values), ...(body === undefined ? {} : { body }) } as Record<
    string,
    unknown
  >;
}

/** The JSON Schema type of each parameter, where it has one. */
function typesOf(operation: Operation): Readonly<Record<string, unknown>> {
  const { properties = {} } = z.toJSONSchema(operation.params, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, typeof schema === 'object' && schema.type]),
  );
}

/** The value that a text means for a parameter of this type; a text that means none is left for the checks to name. */
function valueOf(text: string | readonly string[], type: unknown): unknown {
  if (type === 'array') return [text].flat();
  if (type === 'integer' && typeof text === 'string' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
