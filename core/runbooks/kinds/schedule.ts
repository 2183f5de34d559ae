import * as z from 'zod';
import { readExpression } from '../../schedules/expression.ts';
import { isTimeZone } from '../../schedules/wall-time.ts';
import { duration } from '../fields.ts';

const MINUTE = 60;
const DAY = 86_400;

const expression = z
  .string()
  .max(256)
  .superRefine((text, context) => {
    const read = readExpression(text);
    if ('fault' in read) context.addIssue({ code: 'custom', message: read.fault });
  })
  .meta({
    description: 'cron(minutes hours day-of-month month day-of-week year) or rate(count unit)',
    examples: ['cron(0 3 ? * SUN *)'],
  });

const timezone = z
  .string()
  .refine(isTimeZone, 'is not the name of a time zone: write one such as Europe/Berlin or UTC')
  .default('UTC')
  .meta({ description: 'IANA name of the time zone that cron is read in', examples: ['Europe/Berlin'] });

/** Both ends are those of EventBridge Scheduler (RetryPolicy, FlexibleTimeWindow in its API reference). */
const withinADay = duration.refine((seconds) => seconds >= MINUTE && seconds <= DAY, {
  error: 'is out of range: from 1m to 1d',
});

/** When jobs are started by themselves. */
export const schedule = z
  .strictObject({
    expression,
    timezone,
    flexibleWindow: withinADay
      .refine((seconds) => seconds % MINUTE === 0, { error: 'is not a whole number of minutes' })
      .optional()
      .describe('How much later it may begin, so that not everything begins at once'),
    startWithin: withinADay
      .prefault('1h')
      .describe('How late it may begin when something keeps it from beginning in time'),
    catchUp: z
      .enum(['run', 'skip'])
      .default('run')
      .describe('A run that was missed while lifeboat serve was down: run it once, late, or skip it'),
  })
  .describe('When drills start by themselves');

/** Why runbooks of the other kinds have no schedule: how the sentence ends that begins with the key. */
export const UNSCHEDULED: Readonly<Record<string, string>> = {
  restore:
    'is not for restores: they overwrite what people work with, so people start them; a drill may have one',
  cutover: 'is not for cutovers: there is one of each migration, and people start it when the night has come',
  pipeline: 'is not for pipeline runs: the runbook names one run, and a second job would follow the same one',
};
