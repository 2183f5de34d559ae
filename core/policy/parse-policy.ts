import type * as z from 'zod';
import { plainMessage } from '../runbooks/explain-issues.ts';
import { isMap } from '../runbooks/is-map.ts';
import { nearest } from '../runbooks/known-keys.ts';
import type { RunbookProblem } from '../runbooks/runbook-error.ts';
import { readYaml, type Path, type YamlSource } from '../runbooks/yaml-source.ts';
import { PolicyError } from './errors.ts';
import { hashed } from './hash.ts';
import type { Policy } from './policy.ts';
import { policySchema } from './schema.ts';

/** A policy that was read, and what only its host needs of it. */
export interface ReadPolicy {
  readonly policy: Policy;
  /** The folder of the kept runbooks as it is written. */
  readonly runbooksFolder?: string;
}

/** So that a file that is no policy at all does not fill the screen. */
const SHOWN = 50;

/**
 * Reads a policy: YAML or JSON. Defaults are filled in, durations are seconds.
 *
 * @param file its name, for messages only.
 * @throws PolicyError with every mistake at once, each with its line and column.
 */
export function parsePolicy(text: string, file: string): ReadPolicy {
  const source = readYaml(text);
  if ('failed' in source) throw invalid(file, source.failed);
  if (!isMap(source.value)) {
    throw invalid(file, [...source.problems, { line: 1, column: 1, path: '', message: shapeFault(source) }]);
  }
  const read = policySchema.safeParse(source.value, { error: plainMessage });
  const mistakes = read.success ? [] : read.error.issues.flatMap((issue) => explain(issue, source));
  const problems = [...source.problems, ...mistakes];
  if (problems.length > 0 || !read.success) throw invalid(file, problems);
  const { runbooksFolder, ...policy } = read.data;
  return { policy: hashed(policy), ...(runbooksFolder !== undefined && { runbooksFolder }) };
}

function shapeFault({ value }: YamlSource): string {
  return value === null
    ? 'is empty: write {} for a policy that only fixes the fields'
    : 'is not a map of keys';
}

/** Zod's issues at their places; a union says what it needs, or what is wrong in the one alternative that was meant. */
function explain(issue: z.core.$ZodIssue, source: YamlSource, prefix: Path = []): RunbookProblem[] {
  const path: Path = [
    ...prefix,
    ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
  ];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...source.keyPosition([...path, key]),
      path: pathText([...path, key]),
      message: unknownKey(key, path),
    }));
  }
  if (issue.code === 'invalid_union') {
    const [only, ...others] = issue.errors.filter((branch) => !branch.some(isAboutKeys));
    if (only !== undefined && others.length === 0)
      return only.flatMap((inner) => explain(inner, source, path));
  }
  const isMissing = issue.code === 'invalid_type' && valueAt(source.value, path) === undefined;
  return [
    {
      ...source.valuePosition(path),
      path: pathText(path),
      message: isMissing ? 'is missing' : issue.message,
    },
  ];
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    root,
  );
}

function isAboutKeys({ code, path }: z.core.$ZodIssue): boolean {
  return code === 'unrecognized_keys' && path.length === 0;
}

function unknownKey(key: string, path: Path): string {
  const keys = path.length === 0 ? Object.keys(policySchema.shape) : keysOf(path);
  const near = nearest(key, keys);
  if (near !== undefined) return `is not a key here: did you mean ${near}?`;
  return keys.length === 0 ? 'is not a key here' : `is not a key here: there may be ${keys.join(', ')}`;
}

function keysOf([first]: Path): string[] {
  if (first !== 'approvals') return [];
  return Object.keys(policySchema.shape.approvals.unwrap().element.shape);
}

function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}

function invalid(file: string, problems: readonly RunbookProblem[]): PolicyError {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.slice(0, SHOWN).map(({ line, column, path, message }) => {
    return `  ${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
  });
  const rest = sorted.length > SHOWN ? [`  … and ${sorted.length - SHOWN} more`] : [];
  const count = sorted.length === 1 ? 'a mistake' : `${sorted.length} mistakes`;
  return new PolicyError([`The policy ${file} has ${count}:`, ...lines, ...rest].join('\n'), {
    changed: 'Nothing was changed.',
    next: 'Correct the policy. Nothing is started until it can be read.',
  });
}
