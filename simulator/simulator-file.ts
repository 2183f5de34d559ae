import type { z } from 'zod';

/** A world, faults or state file that the simulator cannot use; it names every mistake at once. */
export class SimulatorFileError extends Error {
  override readonly name = 'SimulatorFileError';
  /** One mistake each, led by where it stands. */
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`The ${file} file cannot be used: ${problems.join('; ')}.`);
    this.problems = problems;
  }
}

/**
 * Checks what a file holds against its schema.
 *
 * @param file what to call it in the error: `world`, `faults` or `state`.
 * @throws SimulatorFileError with every mistake.
 */
export function checkedFile<T>(file: string, schema: z.ZodType<T>, content: unknown): T {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new SimulatorFileError(
    file,
    result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  );
}
