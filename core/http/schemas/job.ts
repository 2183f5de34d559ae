import * as z from 'zod';
import { component } from './component.ts';
import * as field from './fields.ts';

const approval = z.looseObject({
  number: z.int(),
  plan: z
    .looseObject({ hash: z.string(), action: z.string() })
    .describe('What would be done; an answer names its hash'),
  rule: z.looseObject({ count: z.int() }),
  requestedAt: field.instant,
  until: field.instant,
  decisions: z.array(
    z.looseObject({
      decision: z.enum(['approve', 'reject']),
      by: field.startedBy,
      reason: z.string(),
      at: field.instant,
      plan: z.string(),
    }),
  ),
  outcome: z.enum(['approved', 'rejected', 'expired']).optional(),
});

const step = z.looseObject({
  use: z.string(),
  status: z.enum(['running', 'done', 'failed', 'warned', 'unknown']),
  startedAt: field.instant,
  endedAt: field.instant.optional(),
  message: z.string().optional(),
});

const left = z.object({
  fromSeconds: z.int().describe('A quarter of the earlier work that lasted as long as this was over by then'),
  toSeconds: z.int().describe('Three quarters were'),
  likelySeconds: z.int().describe('Half was'),
  lateSeconds: z.int().describe('Nine in ten were'),
});

const outlook = z
  .looseObject({
    phase: z.string().describe('The phase that the work belongs to'),
    elapsedSeconds: z.int(),
    earlier: z.int().describe('How many earlier durations it is compared with; 0 while there are too few'),
    longer: z.int().describe('How many of them were longer than this has lasted by now'),
    otherSizes: z.literal(true).optional().describe('They are of other sizes: there are too few of this one'),
    usualSeconds: z.int().optional().describe('Nine in ten of all of them took no longer'),
    left: left.optional().describe('Seconds from now. Absent when nobody can tell'),
  })
  .describe('What earlier work tells of the work that Atlas does now');

const interrupted = z
  .literal(true)
  .optional()
  .describe('No process works on it and it has not ended: on that machine, lifeboat jobs resume goes on with it');

const phase = z.object({ startedAt: field.instant, endedAt: field.instant.optional() });

/** A job with everything that is known of it, but what only its host needs. */
export const jobSchema = component(
  'Job',
  z
    .looseObject({
      jobId: field.jobId,
      kind: field.kind,
      status: field.status,
      verdict: field.verdict.optional(),
      runbook: z
        .looseObject({ name: z.string(), kind: field.kind })
        .describe('The runbook as it was read: defaults are filled in, durations are seconds'),
      runbookText: z.string().describe('The runbook as it was written'),
      startedBy: field.startedBy,
      createdAt: field.instant,
      updatedAt: field.instant,
      startedAt: field.instant.optional(),
      endedAt: field.instant.optional(),
      interrupted,
      phases: z.record(z.string(), phase),
      guards: z.array(field.checkResult),
      checks: z.array(field.checkResult),
      steps: z.record(z.string(), step).describe('The steps that have begun, by stage/name'),
      approvals: z
        .record(z.string(), approval)
        .describe('What people are asked: "job" for the whole job, stage/name for a step'),
      atlas: z.looseObject({}).describe('Ids that lead into Atlas'),
      rtoSeconds: field.seconds,
      rpoSeconds: field.seconds,
      failure: z
        .looseObject({
          name: z.string(),
          message: z.string(),
          changed: z.string().optional(),
          next: z.string().optional(),
          at: field.instant,
        })
        .optional(),
      breakGlass: z
        .looseObject({ by: field.startedBy, reason: z.string(), cluster: z.string(), at: field.instant })
        .optional()
        .describe('Present when one person alone answers for it: docs/policy.md'),
      cancel: z.object({ at: field.instant, by: z.string(), reason: z.string() }).optional(),
      simulated: field.simulated,
      simulation: z
        .object({ seed: z.number().nullable(), speed: z.number() })
        .optional()
        .describe('Present when it runs in a simulated Atlas: it then proves nothing about a real cluster'),
      outlook: outlook.optional().describe('Only where a job is looked at, and only while Atlas works'),
      atlasUrl: z.string().optional().describe('The Atlas that it runs in'),
    })
    .describe('One run of one runbook'),
);

const summary = z
  .object({
    jobId: field.jobId,
    kind: field.kind,
    status: field.status,
    verdict: field.verdict.optional(),
    runbookName: z.string(),
    breakGlass: z.literal(true).optional().describe('One person overwrote a protected cluster alone'),
    simulated: field.simulated.optional(),
    source: field.clusterRef.optional(),
    target: field.clusterRef.optional(),
    projects: z.record(z.string(), z.string()).optional().describe('Names of their projects by their ids'),
    createdAt: field.instant,
    startedAt: field.instant.optional(),
    endedAt: field.instant.optional(),
    interrupted,
    rtoSeconds: field.seconds,
    rpoSeconds: field.seconds,
  })
  .describe('A job as lists show it');

/** A page of jobs. */
export const jobPageSchema = component(
  'JobPage',
  z
    .object({
      jobs: z.array(component('JobSummary', summary)),
      damaged: z
        .array(z.string())
        .optional()
        .describe('Ids of jobs of this page whose summary is damaged; absent when there are none'),
      cursor: z.string().optional().describe('Where the next page begins; absent on the last one'),
    })
    .describe('Jobs, newest first'),
);

const event = z
  .object({
    jobId: field.jobId,
    sequence: z.int().min(1),
    at: field.instant,
    type: z.string(),
    message: z.string(),
    data: field.evidence.optional(),
    once: z.string().optional(),
    previousHash: z.string(),
    hash: z.string().describe('SHA-256 over this event in canonical JSON (RFC 8785), previousHash included'),
  })
  .describe('An event, chained by hash to the one before');

/** A timeline. */
export const timelineSchema = component(
  'Timeline',
  z
    .object({ jobId: field.jobId, events: z.array(component('TimelineEvent', event)) })
    .describe('Every event of a job, oldest first'),
);
