import * as z from 'zod';

const arn = z.string().min(1);

/** JSON text of what a schema takes. */
function jsonOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(schema);
}

/**
 * The environment of the functions, part by part: a function is given the parts that it uses, and no more. The CDK app types
 * what it sets with the same schemas. Nothing in here is secret.
 */
export const ENVIRONMENT = {
  /** The table with the history. */
  history: z.object({ LIFEBOAT_TABLE: z.string().min(1) }),
  /** Where Atlas is. */
  origin: z.object({ LIFEBOAT_ATLAS_URL: z.url() }),
  /** Asking Atlas: the secret with the credentials, and the secret in which tokens are shared. */
  atlas: z.object({
    LIFEBOAT_ATLAS_URL: z.url(),
    LIFEBOAT_ATLAS_SECRET: arn,
    LIFEBOAT_TOKEN_SECRET: arn,
  }),
  /** The secret with what runbooks name, addresses and signing secrets of webhooks, and how far they may lead. */
  outbound: z.object({
    LIFEBOAT_OUTBOUND_SECRET: arn,
    LIFEBOAT_OUTBOUND_REACH: z.enum(['internet', 'internet-and-loopback']),
  }),
  /** The bucket of the reports. */
  reports: z.object({ LIFEBOAT_REPORT_BUCKET: z.string().min(1) }),
  /** The state machines by the name of their workflow: JSON. */
  workflows: z.object({ LIFEBOAT_WORKFLOWS: jsonOf(z.record(z.string(), arn)) }),
  /** The policy of the installation as it is written in the stack's configuration: JSON, `null` where there is none. */
  policy: z.object({ LIFEBOAT_POLICY: z.string().min(1) }),
  /** How callers sign in, and what the scopes of tokens begin with. */
  scopes: z.object({
    LIFEBOAT_SCOPE_PREFIX: z.string(),
    LIFEBOAT_CALLERS: z.enum(['aws', 'tokens']),
  }),
  /** The bus that job events go to. */
  bus: z.object({ LIFEBOAT_EVENT_BUS: z.string().min(1) }),
} as const;

type Part = keyof typeof ENVIRONMENT;

/** What the environment holds of a part, as the CDK app sets it. */
export type EnvironmentOf<Name extends Part> = z.input<(typeof ENVIRONMENT)[Name]>;

/**
 * Reads a part of this function's environment.
 *
 * @throws ZodError naming the variables that are missing: the function was deployed by something else than the CDK app.
 */
export function readEnvironment<Name extends Part>(part: Name): z.output<(typeof ENVIRONMENT)[Name]> {
  return ENVIRONMENT[part].parse(process.env) as z.output<(typeof ENVIRONMENT)[Name]>;
}
