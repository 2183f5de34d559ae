import * as z from 'zod';

/** What people and systems are notified with when a schedule was begun anew, as JSON. Every key is always there. */
export const scheduleEvent = z.strictObject({
  version: z.literal(1).describe('Version of this format'),
  type: z
    .literal('lifeboat.schedule.clock-was-ahead')
    .describe('The clock of the machine was ahead, and the schedule was begun anew'),
  id: z.string().describe('Unique, and the same when the message is repeated'),
  at: z.iso.datetime().describe('When it was noticed, ISO 8601, UTC'),
  text: z.string().describe('The same for a person, in a few sentences'),
  runbook: z.string().describe('Name of the runbook whose schedule it is'),
  aheadSeconds: z.number().describe('By how many seconds the clock was ahead, at least'),
  simulated: z.boolean().describe('The server works with a simulated Atlas'),
});

/** A message of version 1. */
export type ScheduleEvent = z.output<typeof scheduleEvent>;
