import { existsSync, readFileSync } from 'node:fs';
import type { Operation } from '../../../core/atlas/operation.ts';

export const FOLDER = '../shared/atlas';

/** Whether MongoDB's OpenAPI document and its pages are at hand; they are not part of a clone. */
export const present = existsSync(`${FOLDER}/openapi.json`);

/** A schema of the document, or one of ours as JSON Schema: as much of either as the tests read. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly example?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: {
    readonly propertyName: string;
    readonly mapping: Readonly<Record<string, string>>;
  };
}

/** A parameter of the document. */
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

/** An operation of the document. */
export interface Described {
  readonly operationId: string;
  readonly deprecated?: boolean;
  readonly 'x-rolesRequirements'?: readonly string[];
  readonly 'x-xgen-operation-id-override'?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

const document: Document = present
  ? (JSON.parse(readFileSync(`${FOLDER}/openapi.json`, 'utf8')) as Document)
  : { paths: {} };

/** What a reference points at; anything else is itself. */
export function resolve<Part extends { readonly $ref?: string }>(part: Part): Part {
  if (part.$ref === undefined) return part;
  const keys = part.$ref.split('/').slice(1);
  return keys.reduce(
    (node, key) => (node as unknown as Record<string, Part>)[key]!,
    document as unknown as Part,
  );
}

/** An operation as the document describes it; undefined for the few that it leaves out. */
export function described({ path, method }: Operation): Described | undefined {
  return document.paths[path]?.[method.toLowerCase()];
}

/** The status of an answer that says yes in the operation's version, and its schema if it has one. */
export function replyOf(operation: Operation): {
  readonly status: number;
  readonly schema: Schema | undefined;
} {
  const mediaType = `application/vnd.atlas.${operation.version}+json`;
  const found = Object.entries(described(operation)?.responses ?? {}).find(
    ([status, { content }]) => status.startsWith('2') && content !== undefined && mediaType in content,
  );
  if (found === undefined) throw new Error(`${operation.operationId} has no reply in ${mediaType}.`);
  return { status: Number(found[0]), schema: found[1].content?.[mediaType]?.schema };
}

/** Patterns say the same in more than one way; this is one of them. */
export function plainPattern(pattern: string): string {
  return pattern
    .replace(/^\^\((\[[^()]*)\)\$$/, '^$1$')
    .replaceAll('\\:', ':')
    .replaceAll('\\/', '/');
}
