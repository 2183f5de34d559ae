import * as z from 'zod';
import { isMap } from './is-map.ts';
import { UNSCHEDULED } from './kinds/schedule.ts';
import { runbookSchema } from './schema.ts';
import { RUNBOOK_KINDS } from './undertaking.ts';
import type { Path } from './yaml-source.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What the schema says of one place in a runbook. */
export interface Place {
  /** The keys that may be written there. */
  readonly keys: readonly string[];
  readonly description: string | undefined;
  /** Regular expression that a text there must match. */
  readonly pattern: string | undefined;
  /** A value as it might be written there. */
  readonly example: string | undefined;
}

/**
 * The schema's word on a place, whichever alternatives lead there.
 *
 * @param written the whole runbook as it was written: where alternatives are told apart by `use` or `kind`, only the one
 * that was written leads on.
 */
export function placeAt(path: Path, written?: unknown): Place {
  const schemas = schemasAt(path, written);
  return {
    keys: [
      ...new Set(schemas.flatMap(alternatives).flatMap((schema) => Object.keys(schema.properties ?? {}))),
    ],
    description: first(schemas, (schema) => schema.description),
    pattern: first(schemas, (schema) => schema.pattern),
    example: first(schemas, (schema) => schema.examples?.map(String)[0]),
  };
}

/** What to say of a key that may not stand where it was written. */
export function unknownKeyMessage(key: string, path: Path, written: unknown): string {
  const { keys } = placeAt(path, written);
  const unscheduled = path.length === 0 && key === 'schedule' ? unscheduledMessage(written) : undefined;
  if (unscheduled !== undefined) return unscheduled;
  if (keys.includes(key)) return 'is one alternative too many: keep either it or what stands beside it';
  const near = nearest(key, keys);
  if (near !== undefined) return `is not a key here: did you mean ${near}?`;
  const home = homeOf(key, written);
  if (home !== undefined) return `is not a key here: it belongs ${home} (look at the indentation)`;
  const kinds = RUNBOOK_KINDS.filter((kind) => path.length === 0 && keysOfKind(kind).includes(key));
  if (kinds.length > 0) return `is not a key here: it is for runbooks of kind ${kinds.join(' or ')}`;
  return `is not a key here: there may be ${keys.join(', ')}`;
}

function unscheduledMessage(written: unknown): string | undefined {
  return isMap(written) && typeof written.kind === 'string' ? UNSCHEDULED[written.kind] : undefined;
}

/** The word of a list that was most likely meant: a typing mistake or two away. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const most = (candidate: string) => Math.max(1, Math.floor(candidate.length / 3));
  const ranked = words
    // The distance is at least the difference of the lengths, and takes their product to find.
    .filter((candidate) => Math.abs(candidate.length - word.length) <= most(candidate))
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= most(candidate))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** The keys that a runbook of a kind may have; none for a kind that does not exist. */
export function keysOfKind(kind: string): readonly string[] {
  return RUNBOOK_KINDS.some((one) => one === kind) ? placeAt([], { kind }).keys : [];
}

/** Where a key that exists elsewhere in such a runbook belongs, in words. */
function homeOf(key: string, written: unknown): string | undefined {
  const { keys } = placeAt([], written);
  if (keys.includes(key)) return 'at the top level';
  const section = keys.find((name) => placeAt([name], written).keys.includes(key));
  return section && `under ${section}`;
}

let rootSchema: JsonSchema | undefined;

function schemasAt(path: Path, written: unknown): JsonSchema[] {
  rootSchema ??= z.toJSONSchema(runbookSchema, { io: 'input' });
  let schemas = meant(rootSchema, written);
  let value = written;
  for (const segment of path) {
    value = memberOf(value, segment);
    const here = value;
    schemas = schemas
      .flatMap(alternatives)
      .flatMap((schema) => {
        const properties = schema.properties ?? {};
        if (typeof segment === 'number') return isSchema(schema.items) ? [schema.items] : [];
        const property = Object.hasOwn(properties, segment) ? properties[segment] : undefined;
        return isSchema(property) ? [property] : [];
      })
      .flatMap((schema) => meant(schema, here));
  }
  return schemas;
}

/** What tells the alternatives of a step, and those of the whole runbook, apart. */
const DISCRIMINATORS = ['use', 'kind'] as const;

/** The alternatives that a value means by its `use` or `kind`; all of them when it means none. */
function meant(schema: JsonSchema, value: unknown): JsonSchema[] {
  if (schema.oneOf === undefined || !isMap(value)) return [schema];
  const chosen = schema.oneOf.filter(isSchema).filter(({ properties }) =>
    DISCRIMINATORS.some((key) => {
      const said = properties?.[key];
      const choices = isSchema(said) ? (said.enum ?? [said.const]) : [];
      return value[key] !== undefined && choices.some((choice) => choice === value[key]);
    }),
  );
  return chosen.length > 0 ? chosen : [schema];
}

function memberOf(value: unknown, segment: string | number): unknown {
  if (Array.isArray(value)) return value[Number(segment)];
  return isMap(value) ? value[String(segment)] : undefined;
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const branches = schema.anyOf ?? schema.oneOf;
  return branches === undefined ? [schema] : branches.filter(isSchema).flatMap(alternatives);
}

function isSchema(value: unknown): value is JsonSchema {
  return isMap(value);
}

function first<T>(
  schemas: readonly JsonSchema[],
  read: (schema: JsonSchema) => T | undefined,
): T | undefined {
  return schemas.map(read).find((value) => value !== undefined);
}

/** Levenshtein's distance: how many letters to add, drop or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of Array.from(from).entries()) {
    const next = [line + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const cheapest = Math.min((next[column] ?? 0) + 1, (row[column + 1] ?? 0) + 1);
      next.push(Math.min(cheapest, (row[column] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
