import { visible } from '../visible-text.ts';
import { LifeboatError } from '../errors.ts';

/** One mistake in a runbook and where it is. Lines and columns count from 1. */
export interface RunbookProblem {
  readonly line: number;
  readonly column: number;
  /** The key, such as `source.project` or `guards.allowedProjects[0]`; empty for the file as a whole. */
  readonly path: string;
  /** Continues the sentence that `path` begins, for example "is missing". */
  readonly message: string;
}

/** So that a file that isn't a runbook at all doesn't fill the screen. */
const SHOWN = 50;

/** Thrown for a runbook that can't be used: every mistake at once, in the order of the file. Nothing has been called. */
export class RunbookError extends LifeboatError {
  override readonly name = 'RunbookError';
  override readonly retryable = false;
  readonly file: string;
  /** Every mistake, also those that the message leaves out for length. */
  readonly problems: readonly RunbookProblem[];

  constructor(file: string, problems: readonly RunbookProblem[]) {
    super(describe(file, problems), {
      changed: 'Nothing was called and nothing was changed.',
      next: 'Correct the runbook and run the command again.',
    });
    this.file = file;
    this.problems = problems;
  }
}

function describe(file: string, problems: readonly RunbookProblem[]): string {
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  const lines = problems.slice(0, SHOWN).map(({ line, column, path, message }) => {
    const where = `${visible(file)}:${line}:${column}`;
    return `  ${where}: ${path === '' ? '' : `${visible(path)}: `}${visible(message)}`;
  });
  const rest = problems.length > SHOWN ? [`  … and ${problems.length - SHOWN} more`] : [];
  return [`The runbook ${visible(file)} has ${count}:`, ...lines, ...rest].join('\n');
}
