import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

const projectId = z
  .string()
  .regex(/^[a-f0-9]{24}$/, 'is not a project id: 24 hexadecimal digits in small letters');

/** What an installation can choose: the key `lifeboat` of the CDK context (context.ts). */
const configSchema = z.strictObject({
  /** Tells installations in one account and region apart. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'is not a stage: small letters, digits and dashes, at most 20')
    .default('prod'),
  /** Where Atlas is. */
  atlasUrl: z.url().default('https://cloud.mongodb.com'),
  /** The folder with the runbooks that can be started by name and on schedules; absent: none. */
  runbooks: z.string().min(1).optional(),
  /** Who signs the tokens that the API takes; absent: callers sign with IAM. */
  jwt: z
    .strictObject({
      issuer: z.url(),
      audience: z.array(z.string().min(1)).min(1),
      /** What the scopes read, operate and approve begin with in a token, for example `lifeboat/`. */
      scopePrefix: z.string().default(''),
    })
    .optional(),
  /** A key of your own for the history, the reports and the secrets; absent: the keys of AWS. */
  customerKeyArn: z
    .string()
    .regex(
      /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/,
      'is not the ARN of a KMS key',
    )
    .optional(),
  /** Who is told of alarms and of jobs that failed or wait for somebody. */
  alarmEmail: z.email().optional(),
  /** One of the periods that CloudWatch Logs offers. */
  logRetentionDays: z.enum(RetentionDays).default(RetentionDays.THREE_MONTHS),
  /** Which clusters may and may not be overwritten here, whatever a runbook says. */
  policy: z
    .strictObject({
      protectedClusters: z
        .array(
          z
            .string()
            .regex(/^[a-f0-9]{24}\/([a-zA-Z0-9][a-zA-Z0-9-]*|\*)$/, 'is not PROJECT/CLUSTER or PROJECT/*'),
        )
        .default([]),
      allowedProjects: z.array(projectId).min(1).optional(),
    })
    .prefault({}),
});

/** The choices of an installation, complete. */
export type Config = z.output<typeof configSchema>;

/** How the callers of the API are identified: by signatures of IAM, or by tokens. */
export function callersOf({ jwt }: Pick<Config, 'jwt'>): 'aws' | 'tokens' {
  return jwt === undefined ? 'aws' : 'tokens';
}

/**
 * Checks the choices of an installation, and completes them.
 *
 * @param choices an object.
 * @throws Error naming every mistake.
 */
export function readConfig(choices: unknown): Config {
  const read = configSchema.safeParse(choices);
  if (read.success) return read.data;
  throw new Error(`The context key "lifeboat" has mistakes:\n${z.prettifyError(read.error)}`);
}
