import type { CallerForm } from '../person.ts';
import { CROSS_FIELD, crossFieldFaults } from './cross-fields.ts';
import { explainIssues, MOST_MISTAKES, type Mistake, plainMessage, type Written } from './explain-issues.ts';
import { inlineFiles, type ReadBeside } from './in-files.ts';
import { readKind } from './meant-kind.ts';
import { RunbookError, type RunbookProblem } from './runbook-error.ts';
import { type Runbook, runbookSchema } from './schema.ts';
import { readYaml, type Path, type YamlSource } from './yaml-source.ts';

/**
 * Reads a runbook: YAML, then the schema, then the rules between keys. Defaults are filled in, durations are seconds.
 *
 * @param text the runbook as it was written, at most 100 KB.
 * @param file its name, for messages only.
 * @param readBeside reads the files that it names, whose content takes the place of their names. Without it, a runbook that
 * names a file is refused.
 * @param callers how the installation identifies its callers: approvers of another form are mistakes then.
 * @throws RunbookError with every mistake at once, each with its line and column.
 */
export function parseRunbook(
  text: string,
  file: string,
  readBeside?: ReadBeside,
  callers?: CallerForm,
): Runbook {
  const source = readYaml(text);
  if ('failed' in source) throw new RunbookError(file, inFileOrder(source.failed));
  const shape = shapeMistake(source.value);
  if (shape !== undefined) {
    throw new RunbookError(file, [
      ...source.problems,
      { ...source.valuePosition([]), path: '', message: shape },
    ]);
  }
  const inlined = inlineFiles(source.value, readBeside);
  const { value, mistakes: ofKind } = readKind(inlined.value);
  const result = runbookSchema.safeParse(value, { error: plainMessage });
  const found = [...issueMistakes(result, { ...source, value }), ...crossFieldMistakes(value, callers)];
  const mistakes = [...inlined.mistakes, ...ofKind, ...found.map((mistake) => inlined.relocate(mistake))];
  const problems = [...source.problems, ...mistakes.slice(0, MOST_MISTAKES).map((one) => place(one, source))];
  if (mistakes.length > MOST_MISTAKES) problems.push(andMore(source));
  if (problems.length > 0 || !result.success) throw new RunbookError(file, inFileOrder(problems));
  return result.data;
}

/** What is wrong with the whole, when it can't be a runbook at all. */
function shapeMistake(value: unknown): string | undefined {
  if (value === null) return 'is empty: a runbook begins with version: 1';
  if (typeof value !== 'object' || Array.isArray(value))
    return 'is not a map of keys: a runbook begins with version: 1';
  return undefined;
}

function issueMistakes(result: ReturnType<typeof runbookSchema.safeParse>, source: Written): Mistake[] {
  if (result.success) return [];
  // The rules between keys are checked below, whether or not the shape let Zod come to them.
  return explainIssues(
    result.error.issues.filter((issue) => issue.code !== 'custom' || issue.params?.[CROSS_FIELD] !== true),
    source,
  );
}

function crossFieldMistakes(value: unknown, callers: CallerForm | undefined): Mistake[] {
  return crossFieldFaults(value, callers).map((fault) => ({ ...fault, at: 'value' }));
}

function place({ path, at, message }: Mistake, source: YamlSource): RunbookProblem {
  const position = at === 'key' ? source.keyPosition(path) : source.valuePosition(path);
  return { ...position, path: pathText(path), message };
}

/** To look up the place of a mistake takes the longer, the more there is in the runbook: so not all of very many are told. */
function andMore(source: YamlSource): RunbookProblem {
  const message = `has more mistakes than these ${MOST_MISTAKES}, which are told first`;
  return { ...source.valuePosition([]), path: '', message };
}

function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}

function inFileOrder(problems: readonly RunbookProblem[]): RunbookProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
