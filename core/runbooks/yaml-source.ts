import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { RunbookProblem } from './runbook-error.ts';
import { hiddenCharacters } from './hidden-characters.ts';
import { yamlShape } from './yaml-depth.ts';

/** The way from the root to a value: keys and list indexes. */
export type Path = readonly (string | number)[];

/** Lines and columns count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML text that was read, and the way back from a value to its place in the text. */
export interface YamlSource {
  readonly value: unknown;
  /** Mistakes of the YAML that leave the value readable, such as a key written twice. */
  readonly problems: readonly RunbookProblem[];
  /** Where a value is written; for a map, a list or an empty value its key; for a missing one the parent's key. */
  valuePosition(path: Path): Position;
  /** Where a key is written; for a missing one the parent's key. */
  keyPosition(path: Path): Position;
  /** A scalar as it is written, before YAML made a number of it; undefined for anything else. */
  written(path: Path): string | undefined;
}

/** A YAML text that can't be read, with all that the parser says of it. */
export interface YamlFailure {
  readonly failed: readonly RunbookProblem[];
}

const MAX_BYTES = 100_000;
/** A runbook nests four levels. Far deeper ones exhaust the stack of the parser. */
const MAX_DEPTH = 20;
/** Far more than any part of a runbook has; to read them takes time that grows with their square. */
const MAX_KEYS = 1000;
/** Enough for naming a project once; resolving aliases takes time that grows with their square. */
const MAX_ALIASES = 50;

/** Reads YAML 1.2 (core schema) with the positions kept. Never throws for what is in the text. */
export function readYaml(text: string): YamlSource | YamlFailure {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return failure('is larger than 100 KB, which no runbook is');
  }
  const shape = yamlShape(text);
  if (shape.keys > MAX_KEYS) {
    return failure(`has more than ${MAX_KEYS} keys in one place, which no runbook has`);
  }
  if (shape.depth > MAX_DEPTH) {
    return failure(`nests more than ${MAX_DEPTH} levels deep, which no runbook does`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // Pretty errors quote the text, and what somebody pastes by mistake may be a secret.
    prettyErrors: false,
    // Of a key that is no scalar it would warn the whole process.
    logLevel: 'error',
    // Whatever a %YAML directive says: 1.1 would make dates and booleans of innocent words.
    schema: 'core',
    resolveKnownTags: false,
  });
  const said = [
    ...[...document.errors, ...document.warnings].map((error) => yamlProblem(error, text, lines)),
    ...hiddenCharacters(document, text, lines).map((hidden) => ({ ...hidden, path: '' })),
  ];
  const aliases = aliasProblems(document, lines);
  const broken = document.errors.some((error) => error.code !== 'DUPLICATE_KEY') || aliases.length > 0;
  if (broken) return { failed: [...said, ...aliases] };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value, problems: said, ...positions(document, lines) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return failure('repeats itself through aliases too often: write the values out');
  }
}

function failure(message: string): YamlFailure {
  return { failed: [{ line: 1, column: 1, path: '', message }] };
}

function yamlProblem(error: YAMLError, text: string, lines: LineCounter): RunbookProblem {
  const offset = error.pos[0];
  return { ...position(lines, offset), path: '', message: yamlMessage(error, text.slice(offset)) };
}

function yamlMessage(error: YAMLError, rest: string): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return `the key ${/^[^\s:]{1,80}/.exec(rest)?.[0] ?? ''} is written twice in the same place`;
    case 'MULTIPLE_DOCS':
      return 'a second document begins here: write one runbook per file';
    case 'TAB_AS_INDENT':
      return 'a tab indents this line: YAML takes spaces only';
    case 'TAG_RESOLVE_FAILED':
      return 'a runbook has no tags: leave out the word that begins with !';
    default:
      return `this is not YAML: ${error.message}`;
  }
}

function aliasProblems(document: Document.Parsed, lines: LineCounter): RunbookProblem[] {
  const problems: RunbookProblem[] = [];
  const anchors = new Set<string>();
  let aliases = 0;
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return undefined;
      }
      aliases += 1;
      const where = position(lines, node.range?.[0] ?? 0);
      if (!anchors.has(node.source)) {
        problems.push({
          ...where,
          path: '',
          message: `the alias *${node.source} has no anchor &${node.source} before it`,
        });
      }
      if (aliases <= MAX_ALIASES) return undefined;
      problems.push({
        ...where,
        path: '',
        message: `more than ${MAX_ALIASES} aliases: write the values out`,
      });
      return visit.BREAK;
    },
  });
  return problems;
}

function positions(
  document: Document.Parsed,
  lines: LineCounter,
): Pick<YamlSource, 'valuePosition' | 'keyPosition' | 'written'> {
  const at = (node: Node | null) => position(lines, node?.range?.[0] ?? 0);
  return {
    valuePosition(path) {
      const { value, key, complete } = find(document, path);
      return at(complete && isScalar(value) && value.source !== '' ? value : key);
    },
    keyPosition: (path) => at(find(document, path).key),
    written(path) {
      const { value, complete } = find(document, path);
      return complete && isScalar(value) ? value.source : undefined;
    },
  };
}

interface Found {
  /** Null for an empty file. */
  readonly value: Node | null;
  /** The key that leads to the value; for list entries and the root the value itself. */
  readonly key: Node | null;
  /** False when the path ends early: then this is the last value on the way. */
  readonly complete: boolean;
}

function find(document: Document.Parsed, path: Path): Found {
  const root: Node | null = document.contents;
  let found: Found = { value: root, key: root, complete: true };
  for (const segment of path) {
    const next = step(document, found.value, segment);
    if (next === undefined) return { ...found, complete: false };
    found = next;
  }
  return found;
}

function step(document: Document.Parsed, from: Node | null, segment: string | number): Found | undefined {
  const parent = isAlias(from) ? from.resolve(document) : from;
  if (isSeq<Node>(parent)) {
    const value = typeof segment === 'number' ? parent.items[segment] : undefined;
    return value && { value, key: value, complete: true };
  }
  if (!isMap<Node, Node | null>(parent)) return undefined;
  // The last one, because of a key written twice it is the last whose value counts.
  const pair = parent.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(segment));
  return pair && { value: pair.value ?? pair.key, key: pair.key, complete: true };
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  // LineCounter says line 0 for an empty text.
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
