import { BadCursorError } from '../errors.ts';
import type { JobFilter } from '../store.ts';

/** Wide enough for any id, narrow enough for a key. */
const JOB_ID = /^[\w-]{1,64}$/;

/** The value that a filter asks for; empty for all jobs. */
export function filterValue(filter: JobFilter): string {
  switch (filter.by) {
    case 'all':
      return '';
    case 'cluster':
      return filter.cluster;
    case 'status':
      return filter.status;
    case 'kind':
      return filter.kind;
  }
}

/** A cursor that leads on after a job, in this query and no other. */
export function encodeCursor(filter: JobFilter, lastJobId: string): string {
  return Buffer.from(JSON.stringify([filter.by, filterValue(filter), lastJobId])).toString('base64url');
}

/**
 * The id of the job after which a page begins.
 *
 * @throws BadCursorError when this query did not give the cursor.
 */
export function decodeCursor(filter: JobFilter, cursor: string): string {
  const jobId = lastPart(cursor);
  // Encoded again it must be the same text: that settles the filter, the padding and what else may be wrong at once.
  if (jobId === undefined || encodeCursor(filter, jobId) !== cursor) {
    throw new BadCursorError('This cursor was not given by this query.', {
      changed: 'Nothing was changed.',
      next: 'Ask for the first page again, without a cursor.',
    });
  }
  return jobId;
}

function lastPart(cursor: string): string | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const jobId: unknown = Array.isArray(parts) ? parts.at(-1) : undefined;
    return typeof jobId === 'string' && JOB_ID.test(jobId) ? jobId : undefined;
  } catch {
    return undefined;
  }
}
