import * as z from 'zod';
import { trimmedLine } from '../../runbooks/fields.ts';
import { JOB_STATUSES } from '../../jobs/status.ts';
import { RUNBOOK_KINDS } from '../../runbooks/undertaking.ts';

/** The id of a job. */
export const jobId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'is not the id of a job: 26 digits and capital letters')
  .meta({ description: 'ULID of a job', examples: ['01KAJ3W0Q4X9GZ5M1T2R8C7B6A'] });

/** The name that the host keeps a runbook under. It can't lead out of a folder. */
export const runbookName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/, 'is not the name of a runbook: letters, digits, - and _, at most 63')
  .meta({ description: 'Name of a runbook that the host keeps', examples: ['orders-weekly-drill'] });

/** A cluster as lists know it. */
export const cluster = z
  .string()
  .regex(/^[a-f0-9]{24}\/[a-zA-Z0-9][a-zA-Z0-9-]{0,63}$/, 'is not PROJECT/CLUSTER')
  .meta({
    description: 'Project id and cluster name',
    examples: ['5e2f1c0a9d3b7a4c8e6f0a01/orders'],
  });

export const kind = z.enum(RUNBOOK_KINDS).describe('Kind of job');
export const status = z.enum(JOB_STATUSES).describe('Where a job stands; the last three are final');
export const verdict = z
  .enum(['passed', 'inconclusive', 'failed'])
  .describe('passed: proven; inconclusive: done, but a check could not look; failed: not done, or an objective missed');

/** Whether something is about a simulated Atlas. */
export const simulated = z
  .boolean()
  .describe('Whether it is about a simulated Atlas: it then proves nothing about a real cluster');

/** An instant in an answer. */
export const instant = z.string().meta({ format: 'date-time', description: 'ISO 8601 in UTC' });
export const seconds = z.number().nullable().describe('Seconds; null where nothing was measured');

/** Why something is done, in the words of whoever does it. */
export const reason = trimmedLine
  .min(1, 'is empty')
  .max(1000, 'is longer than 1000 characters')
  .meta({
    description: 'Why; kept in the timeline and the report. No control character, and none that nobody sees',
    // Classes of Unicode are not known to every reader of the document, which then has no use for it at all.
    pattern: undefined,
  });

/** The name of whoever did something, and the way they came. */
export const startedBy = z.object({ type: z.enum(['cli', 'http', 'schedule']), who: z.string() });

export const clusterRef = z.object({ project: z.string(), cluster: z.string() });

/** The outcome of a guard or a check. */
export const checkResult = z.looseObject({
  name: z.string(),
  outcome: z.enum(['pass', 'fail', 'unknown']),
  message: z.string(),
});

/** Small flat facts. */
export const evidence = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
