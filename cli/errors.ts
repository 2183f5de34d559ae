import { LifeboatError } from '../core/errors.ts';
import { visible } from '../core/visible-text.ts';

/** What was typed can't be used: an argument, an option, or a file that one of them names. */
export class UsageError extends LifeboatError {
  override readonly name = 'UsageError';
  override readonly retryable = false;

  constructor(message: string, next: string, cause?: unknown) {
    super(message, { changed: 'Nothing was changed.', next, cause });
  }
}

/** The operating system refused what Lifeboat did with a file. */
export class FileUnusableError extends LifeboatError {
  override readonly name = 'FileUnusableError';
  override readonly retryable = false;
}

/** A fault of Lifeboat's own. */
export class InternalError extends LifeboatError {
  override readonly name = 'InternalError';
  override readonly retryable = false;
}

/** Every error that `error` holds, each one of Lifeboat's own, so that all of them can be told to a person. */
export function tellable(error: unknown): readonly LifeboatError[] {
  if (error instanceof AggregateError) return error.errors.flatMap(tellable);
  if (error instanceof LifeboatError) return [error];
  // The simulator shares no code with the rest, so its errors are its own.
  if (error instanceof Error && error.name === 'SimulatorFileError') {
    return [new UsageError(error.message, 'Correct the file and run the command again.', error)];
  }
  if (isFileFailure(error)) return [unusableFile(error)];
  const reason = error instanceof Error ? error.message : String(error);
  return [
    new InternalError(`Lifeboat itself failed: ${visible(reason)}`, {
      next: 'Run it again with --debug and report what it prints.',
      cause: error,
    }),
  ];
}

/** A failure of the file system, as Node tells of it. */
interface FileFailure extends Error {
  readonly code: string;
  readonly path: string;
}

function isFileFailure(error: unknown): error is FileFailure {
  const { code, path } = error as Partial<FileFailure>;
  return error instanceof Error && typeof code === 'string' && typeof path === 'string';
}

/** `EROFS: read-only file system, open '/x'` holds the reason in words between the code and the call. */
function unusableFile(error: FileFailure): FileUnusableError {
  const reason = /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.code;
  return new FileUnusableError(`${visible(error.path)} cannot be used: ${reason}.`, {
    next: `${remedyOf(error.code)} If it is in the home of Lifeboat, you can name another with --home or LIFEBOAT_HOME.`,
    cause: error,
  });
}

function remedyOf(code: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'Make room on its disk.';
  if (code === 'EROFS') return 'Choose a place that can be written to.';
  if (code === 'EACCES' || code === 'EPERM') return 'Give access to it.';
  return 'See that the path is right, and what stands there.';
}

type Checks = Readonly<Record<string, () => unknown>>;
type Results<C extends Checks> = { readonly [K in keyof C]: Awaited<ReturnType<C[K]>> };

/**
 * Makes every check, so that a person hears of all mistakes at once, and gives what they give.
 *
 * @throws the error of the only check that failed, or an AggregateError of several.
 */
export async function everyCheck<C extends Checks>(checks: C): Promise<Results<C>> {
  const errors: unknown[] = [];
  const results: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(checks)) {
    try {
      results[name] = await check();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors);
  return results as Results<C>;
}
