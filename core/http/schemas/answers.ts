import * as z from 'zod';
import { component } from './component.ts';
import * as field from './fields.ts';

/** What a run would do. */
export const planSchema = component(
  'Plan',
  z
    .looseObject({
      runbook: z.string(),
      kind: field.kind,
      source: field.clusterRef.optional(),
      target: field.clusterRef.optional(),
      madeAt: field.instant,
      ok: z.boolean().describe('Whether a run would get past the policy and the guards'),
      policy: z
        .looseObject({
          hash: z.string().nullable(),
          approval: z.looseObject({ count: z.int() }).nullable(),
          frozen: z.string().nullable(),
          refusals: z.array(z.string()),
        })
        .optional()
        .describe('What this installation requires of the run'),
      guards: z.array(field.checkResult),
      steps: z.array(z.string()).describe('What would be done, one sentence each'),
      runbookSteps: z.array(z.looseObject({ stage: z.string(), name: z.string(), use: z.string() })),
    })
    .describe('What a run of a runbook would do now'),
);

/** What a job proved. */
export const reportSchema = component(
  'Report',
  z
    .looseObject({
      format: z.int(),
      generatedAt: field.instant,
      jobId: field.jobId,
      kind: field.kind,
      status: field.status,
      verdict: field.verdict.nullable(),
      startedBy: field.startedBy,
      runbook: z.looseObject({ name: z.string(), text: z.string() }),
      guards: z.array(field.checkResult),
      checks: z.array(field.checkResult),
      phases: z.array(z.looseObject({ name: z.string(), seconds: field.seconds })),
      steps: z.array(z.looseObject({ stage: z.string(), name: z.string() })),
      events: z.array(z.looseObject({ sequence: z.int(), hash: z.string() })),
      chain: z.looseObject({ count: z.int(), lastHash: z.string().nullable(), intact: z.boolean() }),
    })
    .describe('What a job proved: the facts behind the page'),
);

const listed = z
  .object({
    name: field.runbookName,
    kind: field.kind.optional(),
    title: z.string().optional().describe('The name that its jobs are listed under'),
    source: field.clusterRef.optional(),
    target: field.clusterRef.optional(),
    problem: z.string().optional().describe('Why it cannot be used; then the rest is absent'),
  })
  .describe('A runbook that the host keeps');

/** The runbooks that there are. */
export const runbookListSchema = component('RunbookList', z.object({ runbooks: z.array(listed) }));

/** One of them. */
export const runbookSchema = component(
  'Runbook',
  z.object({ name: field.runbookName, text: z.string().describe('As it was written') }),
);

const drill = z.object({
  jobId: field.jobId,
  endedAt: field.instant,
  status: field.status,
  verdict: field.verdict.optional(),
  rtoSeconds: field.seconds,
  rpoSeconds: field.seconds,
});

const trend = z
  .object({
    lastSeconds: z.number(),
    medianSeconds: z.number().describe('Of the good drills before it, at most ten'),
    change: z.enum(['better', 'same', 'worse']).describe('The last against that median; within a tenth is the same'),
  })
  .nullable()
  .describe('Null with less than two good drills that measured it');

/** How ready a cluster is to be restored. */
export const readinessSchema = component(
  'Readiness',
  z
    .object({
      cluster: field.cluster,
      atlasUrl: z.string().describe('Only drills in this Atlas count'),
      simulated: field.simulated,
      lastGoodDrill: drill.nullable().describe('The last drill that passed'),
      ageSeconds: field.seconds.describe('Since the last good drill ended; null without one'),
      lastDrill: drill.nullable().describe('The last drill that ended, whatever came of it'),
      rto: trend,
      rpo: trend,
      dueEverySeconds: z.number(),
      dueAt: field.instant.nullable().describe('When the next good drill is due; null when it always was'),
      overdue: z.boolean(),
    })
    .describe('What the drills of a cluster prove'),
);

/** How ready all clusters are. */
export const readinessListSchema = component(
  'ReadinessList',
  z.object({
    clusters: z.array(readinessSchema),
    overdue: z.array(field.cluster).describe('Those whose drill is overdue'),
    frozen: z.boolean().describe('Whether every new change is refused, drills too'),
  }),
);
