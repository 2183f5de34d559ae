import type { Mistake } from './explain-issues.ts';
import { isMap } from './is-map.ts';
import { STAGES } from './steps/stages.ts';
import { RELATIVE_PATH } from '../steps/search-index.ts';
import { type Path, readYaml } from './yaml-source.ts';

/** Reads a file that a runbook names. `path` is as it is written, relative to the runbook. Throws when it cannot. */
export type ReadBeside = (path: string) => string;

/** A runbook with the content of the files that it names in place of their names. */
export interface Inlined {
  readonly value: unknown;
  /** Files that could not be read. */
  readonly mistakes: readonly Mistake[];
  /** What to say of a mistake: one within a file is told where the runbook names the file. */
  relocate(mistake: Mistake): Mistake;
}

/** The files of a runbook, taken together: they go into the job's record, which ends at 400 KB. */
const MAX_BYTES = 100_000;

interface Named {
  readonly path: Path;
  readonly file: string;
}

/**
 * Puts the lists that `search-index` steps keep in files into the runbook, so that the job's record holds what was used.
 *
 * @param value the runbook as it was written, of whatever shape.
 */
export function inlineFiles(value: unknown, readBeside?: ReadBeside): Inlined {
  const inlined: Named[] = [];
  const mistakes: Mistake[] = [];
  let bytes = 0;
  const contentOf = ({ path, file }: Named): unknown => {
    const read = readList(file, readBeside);
    if ('list' in read) {
      bytes += read.bytes;
      if (bytes <= MAX_BYTES) {
        inlined.push({ path, file });
        return { indexes: read.list };
      }
    }
    const message = 'problem' in read ? read.problem : 'makes the files larger than 100 KB together';
    mistakes.push({ path: [...path, 'file'], at: 'value', message });
    return { file };
  };
  return {
    value: withContents(value, contentOf),
    mistakes,
    relocate: (mistake) => relocate(mistake, inlined),
  };
}

function withContents(value: unknown, contentOf: (named: Named) => unknown, at: Path = []): unknown {
  if (!isMap(value)) return value;
  const changed = STAGES.flatMap((stage) => {
    const list = value[stage];
    if (!Array.isArray(list)) return [];
    const steps = list.map((step: unknown, index) => {
      const file = fileOf(step);
      return file === undefined || !isMap(step)
        ? step
        : { ...step, with: contentOf({ path: [...at, stage, index, 'with'], file }) };
    });
    return [[stage, steps] as const];
  });
  // The steps of a campaign are those of its drills.
  const drill = value.kind === 'campaign' ? { drill: withContents(value.drill, contentOf, ['drill']) } : {};
  return { ...value, ...drill, ...Object.fromEntries(changed) };
}

/** The file that a step names and nothing else; a step with more than that is left for the schema to refuse. */
function fileOf(step: unknown): string | undefined {
  if (!isMap(step) || step.use !== 'search-index' || !isMap(step.with)) return undefined;
  const { file, ...rest } = step.with;
  return typeof file === 'string' && RELATIVE_PATH.test(file) && Object.keys(rest).length === 0
    ? file
    : undefined;
}

type List = { readonly list: unknown; readonly bytes: number } | { readonly problem: string };

function readList(file: string, readBeside: ReadBeside | undefined): List {
  if (readBeside === undefined) return { problem: 'cannot be read here: write the list under indexes' };
  let text: string;
  try {
    text = readBeside(file);
  } catch (error) {
    return { problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES) return { problem: 'is larger than 100 KB' };
  const source = readYaml(text);
  const problems = 'failed' in source ? source.failed : source.problems;
  if ('failed' in source || problems.length > 0) {
    const where = problems.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`);
    return { problem: `is neither JSON nor YAML that can be used: ${where.join('; ')}` };
  }
  if (!Array.isArray(source.value)) return { problem: `must hold a list of indexes: ${file} does not` };
  return { list: source.value, bytes };
}

function relocate(mistake: Mistake, inlined: readonly Named[]): Mistake {
  for (const { path, file } of inlined) {
    const inside = path.every((part, index) => mistake.path[index] === part);
    if (!inside || mistake.path[path.length] !== 'indexes') continue;
    const rest = mistake.path.slice(path.length + 1);
    const place = rest.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
    const where = place === '' ? '' : ` at ${place}`;
    return {
      path: [...path, 'file'],
      at: 'value',
      message: `leads to a mistake in ${file}${where}: ${mistake.message}`,
    };
  }
  return mistake;
}
