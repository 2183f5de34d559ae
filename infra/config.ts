import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { policySchema, type WrittenPolicy } from '../core/policy/schema.ts';

/** An address that nobody between can read or change; plain http only to an emulator on this machine. */
const secureUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith('https://') || isLoopback(url), {
    error: 'must begin with https://',
  });

/** What an installation can choose: the key `lifeboat` of the CDK context (context.ts). */
const configSchema = z.strictObject({
  /** Tells installations in one account and region apart. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'is not a stage: small letters, digits and dashes, at most 20')
    .default('prod'),
  /** Where Atlas is. */
  atlasUrl: secureUrl.default('https://cloud.mongodb.com'),
  /** The folder with the runbooks that can be started by name and on schedules; absent: none. */
  runbooks: z.string().min(1).optional(),
  /** Who signs the tokens that the API takes; absent: callers sign with IAM. */
  jwt: z
    .strictObject({
      issuer: secureUrl,
      audience: z.array(z.string().min(1)).min(1),
      /** What the scopes read, operate, approve and break-glass begin with in a token, for example `lifeboat/`. */
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
  /** What is required of every job, whatever its runbook says: the keys of docs/policy.md. Absent: nothing is. */
  policy: z
    .custom<WrittenPolicy>(() => true)
    .superRefine((written, context) => {
      for (const issue of policyIssues(written)) context.addIssue(issue);
    })
    .optional(),
});

/** The functions are handed the policy in their environment, of which AWS allows 4 KB. */
const MOST_POLICY_BYTES = 3000;

function policyIssues(written: unknown): { code: 'custom'; path: (string | number)[]; message: string }[] {
  const issue = (path: readonly PropertyKey[], message: string) => ({
    code: 'custom' as const,
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message,
  });
  const read = policySchema.safeParse(written);
  if (!read.success) return read.error.issues.map(({ path, message }) => issue(path, message));
  const bytes = Buffer.byteLength(JSON.stringify(written));
  return [
    ...(read.data.runbooksFolder === undefined
      ? []
      : [
          issue(
            ['runbooksFolder'],
            'is for one machine: on AWS the kept runbooks are those of the key "runbooks"',
          ),
        ]),
    ...(bytes <= MOST_POLICY_BYTES
      ? []
      : [issue([], `takes ${bytes} bytes as JSON, and a function can be handed ${MOST_POLICY_BYTES}`)]),
  ];
}

/** The choices of an installation, complete. */
export type Config = z.output<typeof configSchema>;

/** Whether an address leads to the machine that uses it. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

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
