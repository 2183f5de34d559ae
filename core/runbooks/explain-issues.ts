import type * as z from 'zod';
import { isMap } from './is-map.ts';
import { nearest, type Place, placeAt, unknownKeyMessage } from './known-keys.ts';
import { STAGES } from './steps/stages.ts';
import { KIND_BY_USE, STEP_KINDS } from '../steps/kinds.ts';
import type { Path } from './yaml-source.ts';

/** A mistake and the place it is made at, before that place is looked up in the file. */
export interface Mistake {
  readonly path: Path;
  /** Whether the key or its value is wrong. */
  readonly at: 'key' | 'value';
  /** Continues the sentence that the path begins. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** What a runbook says, and how it is written. */
export interface Written {
  readonly value: unknown;
  /** A scalar as it stands in the file. */
  written(path: Path): string | undefined;
}

/** Most mistakes of a runbook that are explained: whoever made more did not mean to write a runbook. */
export const MOST_MISTAKES = 500;

/** Zod's issues in words that help the person who wrote the runbook; at least {@link MOST_MISTAKES} if there are as many. */
export function explainIssues(issues: readonly Issue[], source: Written): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const issue of issues) {
    if (mistakes.length >= MOST_MISTAKES) break;
    mistakes.push(...explain(issue, [], source));
  }
  return mistakes;
}

function explain(issue: Issue, prefix: Path, source: Written): Mistake[] {
  const path: Path = [
    ...prefix,
    ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
  ];
  const value = valueAt(source.value, path);
  const mistake = (message: string): Mistake[] => [{ path, at: 'value', message }];
  if (issue.code === 'unrecognized_keys') {
    // One more than the most, so that it is known that there are more.
    return issue.keys.slice(0, MOST_MISTAKES + 1).map((key) => ({
      path: [...path, key],
      at: 'key',
      message: unknownKeyMessage(key, path, source.value),
    }));
  }
  if (value === undefined) return mistake(`is missing${inBrackets(placeAt(path, source.value).description)}`);
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return mistake(kindMessage(value, path));
  }
  if (issue.code === 'invalid_union') return explainUnion(issue, path, source);
  if (value === null) return mistake(emptyMessage(issue));
  if (issue.code === 'invalid_type' && issue.expected === 'string') {
    return mistake(textMessage(value, source.written(path), placeAt(path, source.value)));
  }
  return mistake(issue.message);
}

/**
 * A union says of every alternative why it doesn't fit. Only the alternative that was meant is worth reading: the one
 * whose key was written. None, or several: the union's own sentence.
 */
function explainUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path, source: Written): Mistake[] {
  const value = valueAt(source.value, path);
  if (!isMap(value)) return [{ path, at: 'value', message: `${issue.message}, as a key below it` }];
  // A key that every alternative has, such as `on` of a channel, tells none of them from the others.
  const strangers = issue.errors.map(unknownKeys);
  const knows = (branch: readonly Issue[], key: string) =>
    strangers[issue.errors.findIndex((one) => one === branch)]?.has(key) !== true;
  const written = Object.keys(value).filter((key) => issue.errors.some((branch) => !knows(branch, key)));
  const meant = issue.errors.filter((branch) => written.some((key) => knows(branch, key)));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only.flatMap((inner) => explain(inner, path, source));
  if (meant.length === 0) {
    const unknown = explain(
      { code: 'unrecognized_keys', keys: written, path: [], message: '' },
      path,
      source,
    );
    return unknown.length > 0 ? unknown : [{ path, at: 'value', message: issue.message }];
  }
  const inside = meant.flatMap((branch) =>
    branch.filter(({ path: inner }) => valueAt(value, inner as Path) !== undefined && inner.length > 0),
  );
  return [
    { path, at: 'value', message: `${issue.message}; here are ${written.join(' and ')}` },
    ...inside.flatMap((inner) => explain(inner, path, source)),
  ];
}

/** What to say of a kind of step that does not exist, or not in this list. */
function kindMessage(value: unknown, path: Path): string {
  const kind = typeof value === 'string' ? KIND_BY_USE.get(value) : undefined;
  const stage = STAGES.find((one) => path.includes(one)) ?? String(path[0]);
  if (kind !== undefined) {
    return `cannot be ${kind.use} under ${stage}: that step stands under ${kind.stages.join(' or ')}`;
  }
  const near = typeof value === 'string' ? nearest(value, [...KIND_BY_USE.keys()]) : undefined;
  if (near !== undefined) return `is not a kind of step: did you mean ${near}?`;
  const kinds = STEP_KINDS.filter(({ stages }) => stages.some((one) => one === stage));
  return `is not a kind of step: under ${stage} there may be ${kinds.map(({ use }) => use).join(', ')}`;
}

/** The keys that an alternative does not have, by what it found wrong. */
function unknownKeys(branch: readonly Issue[]): ReadonlySet<string> {
  return new Set(
    branch.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    ),
  );
}

function emptyMessage(issue: Issue): string {
  const isSection = issue.code === 'invalid_type' && issue.expected === 'object';
  return isSection
    ? 'is empty: its keys belong below it, indented; write {} when there are none to set'
    : 'is empty';
}

/** YAML makes numbers of what looks like one, project ids too, and so loses the digits: quotes keep them. */
function textMessage(
  value: unknown,
  written: string | undefined,
  { pattern, example }: Pick<Place, 'pattern' | 'example'>,
): string {
  const fits = written !== undefined && (pattern === undefined || new RegExp(pattern, 'u').test(written));
  if (fits) return `is ${kindOf(value)} to YAML as it is written: quote it, "${written}"`;
  return `must be text${example === undefined ? '' : `, such as ${example}`}, not ${kindOf(value)}`;
}

/** Zod's error map: plain words for everything that the schema has no words of its own for. */
export function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${WANTED[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`;
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = typeof issue.input === 'string' ? nearest(issue.input, values) : undefined;
      const meant = near === undefined ? '' : `: did you mean ${near}?`;
      return `must be ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}${meant}`;
    }
    case 'too_small':
      return issue.origin === 'array' ? 'must not be empty' : `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return `must be at most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters long' : ''}`;
    default:
      return undefined;
  }
}

const WANTED: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  array: 'a list',
  string: 'text',
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) return 'a map of keys';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  return String(value);
}

function inBrackets(description: string | undefined): string {
  return description === undefined ? '' : ` (${description.charAt(0).toLowerCase()}${description.slice(1)})`;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const segment of path) {
    const container = value;
    if (typeof container !== 'object' || container === null || !Object.hasOwn(container, segment))
      return undefined;
    value = (container as Record<string | number, unknown>)[segment];
  }
  return value;
}
