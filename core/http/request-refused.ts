import { LifeboatError } from '../errors.ts';
import type { FieldProblem, ProblemName } from './problems.ts';

/** The API refuses a request, and says why. */
export class RequestRefusedError extends LifeboatError {
  override readonly name = 'RequestRefusedError';
  override readonly retryable = false;
  readonly problem: ProblemName;
  readonly fields: readonly FieldProblem[];

  constructor(
    problem: ProblemName,
    message: string,
    { next, fields = [] }: { readonly next?: string; readonly fields?: readonly FieldProblem[] } = {},
  ) {
    super(message, { changed: 'Nothing was changed.', ...(next !== undefined && { next }) });
    this.problem = problem;
    this.fields = fields;
  }
}
