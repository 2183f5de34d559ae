import * as z from 'zod';
import { JOB_STATUSES } from '../jobs/status.ts';
import { NOTICES } from '../runbooks/kinds/notify.ts';
import { RUNBOOK_KINDS } from '../runbooks/undertaking.ts';

const instant = z.iso.datetime().describe('ISO 8601, UTC');
const seconds = z.number().describe('Seconds');

const cluster = z
  .strictObject({
    project: z.string().describe('Project id'),
    projectName: z
      .string()
      .nullable()
      .describe('Name of the project in Atlas; null until the job has read it'),
    cluster: z.string().describe('Cluster name'),
    url: z.string().nullable().describe('Its page in Atlas; null where the job does not run in Atlas itself'),
  })
  .nullable();

const job = z
  .strictObject({
    id: z.string().describe('ULID'),
    kind: z.enum(RUNBOOK_KINDS).describe('Kind of the runbook'),
    runbook: z.string().describe('Name of the runbook'),
    status: z.enum(JOB_STATUSES).describe('Status of the job'),
    verdict: z
      .enum(['passed', 'inconclusive', 'failed'])
      .nullable()
      .describe('Null until the job has ended; failed also when an objective was missed'),
    simulated: z.boolean().describe('Against a simulated Atlas: it proves nothing about a real cluster'),
    startedBy: z.string().describe('Who or what started it'),
    startedAt: instant.nullable().describe('When it began, ISO 8601, UTC'),
    endedAt: instant.nullable().describe('When it ended, ISO 8601, UTC; null until then'),
  })
  .describe('The job as it stood when the message was made');

const objective = z.strictObject({
  objectiveSeconds: seconds.nullable().describe('Null where the runbook sets none'),
  achievedSeconds: seconds.nullable().describe('Null until it is measured'),
  met: z.boolean().nullable().describe('Null when there is nothing to compare'),
});

const approval = z
  .strictObject({
    gate: z.string().describe('`job`, or `stage/step`'),
    request: z.int().describe('1 for the first time that this gate asks; higher when the plan has changed'),
    action: z.string().describe('What would be done'),
    erases: z.string().nullable().describe('`project/cluster` whose data would be erased'),
    recoveryPoint: z
      .strictObject({
        time: instant.nullable().describe('What instant its data is of, ISO 8601, UTC'),
        snapshotId: z.string().nullable().describe('Id of the snapshot; null for a point in time'),
        ageSeconds: seconds.nullable().describe('How old it was when the message was made, in seconds'),
      })
      .nullable()
      .describe('What would be restored; null where nothing is'),
    plan: z.string().describe('SHA-256 of the plan that an approval is given for, in hexadecimal'),
    from: z.array(z.string()).nullable().describe('Who may approve; null: anyone but who started the job'),
    count: z.int().describe('How many different people have to approve'),
    until: instant.describe('After it, silence means no'),
    approve: z.string().describe('The command to approve with'),
    reject: z.string().describe('The command to reject with'),
  })
  .nullable()
  .describe('Only for lifeboat.job.approvalWanted');

const risk = z
  .strictObject({
    objective: z
      .enum(['rto', 'rpo', 'writeStop', 'migration'])
      .describe('migration: the hours that Atlas gives one for its cutover'),
    limitSeconds: seconds.describe('What the runbook, or Atlas, allows'),
    usedSeconds: seconds.describe('How much of the limit is used up; over it, the objective is missed'),
  })
  .nullable()
  .describe('Only for lifeboat.job.objectiveAtRisk');

const failure = z
  .strictObject({
    name: z.string().describe('The name of the error, as in docs/errors.md'),
    message: z.string().describe('What happened'),
    changed: z.string().nullable().describe('What was changed and what was not'),
    next: z.string().nullable().describe('What to do'),
  })
  .nullable()
  .describe('Null unless something failed, or the job was cancelled');

/** What people and systems are told of a job, as JSON: facts and places, and nothing secret. Every key is always there. */
export const jobEvent = z.strictObject({
  version: z.literal(1).describe('Version of this format'),
  type: z
    .enum([...NOTICES, 'breakGlass' as const].map((name) => `lifeboat.job.${name}` as const))
    .describe('What is told'),
  id: z.string().describe('Unique, and the same when the message is repeated: `JOB/NOTICE`'),
  at: instant.describe('When the message was made'),
  text: z.string().describe('The same for a person, in one or two sentences'),
  subject: z.string().describe('What the job is about: clusters, migration or pipeline run'),
  job,
  source: cluster.describe('Whose data it is; null where it is not in Atlas'),
  target: cluster.describe('What is overwritten or migrated into; null where nothing is'),
  objectives: z
    .strictObject({
      rto: objective.describe('Recovery time'),
      rpo: objective.describe('Recovery point'),
    })
    .describe('What was to be achieved, and what was'),
  writeStopSeconds: seconds
    .nullable()
    .describe('How long a cutover kept the application from writing; null until writes are back'),
  approval,
  risk,
  failure,
  show: z.string().describe('The command that shows the job'),
  report: z.string().nullable().describe('Where the report is, or will be in a moment; null until the end'),
});

/** A message of version 1. */
export type JobEvent = z.output<typeof jobEvent>;
