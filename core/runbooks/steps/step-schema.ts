import * as z from 'zod';
import { duration } from '../fields.ts';
import type { Stage } from './stages.ts';
import type { StepKind } from '../../steps/protocol/step-kind.ts';
import { STEP_KINDS } from '../../steps/kinds.ts';

/** Longest list of steps: the job's record holds an answer for each, and a DynamoDB item ends at 400 KB. */
const MOST_STEPS = 20;

const DESCRIPTIONS: Readonly<Record<Stage, string>> = {
  ready: 'Steps before anything is changed: is everybody and everything ready?',
  before: 'Steps just before the restore or the cutover',
  stopWrites: 'Steps after which the application no longer writes to the source',
  verify: 'Steps that check what came of it, beside Lifeboat’s own checks',
  switchWrites: 'Steps after which the application writes to the target, once that is verified',
  after: 'Steps once it is verified: they put the cluster back into service',
  resumeWrites:
    'Steps after which the application writes to the source again, if the cutover was not reached',
  cleanup: 'Steps at the end, also after a failure',
};

const common = {
  name: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9 -]{0,61}[a-z0-9])?$/,
      'is not the name of a step: small letters, digits, spaces and dashes, at most 63',
    )
    .meta({ description: 'Name under which the timeline tells of it', examples: ['no open alerts'] }),
  onFailure: z
    .enum(['stop', 'warn'])
    .default('stop')
    .describe('stop: the job fails with the step; warn: it goes on and says so'),
};

/** How long a step may take unless it or its kind says otherwise. */
const TIMEOUT = '10m';

/** The schema of the steps of a list: one alternative for each kind that may stand in it, told apart by `use`. */
function stepListSchema(stage: Stage) {
  return stepList(stage).default([]).describe(DESCRIPTIONS[stage]);
}

/** A list of steps that must not be empty. */
function writeSteps(stage: Stage) {
  return stepList(stage).min(1, 'is empty: at least one step').describe(DESCRIPTIONS[stage]);
}

function stepList(stage: Stage) {
  const kinds: readonly StepKind[] = STEP_KINDS;
  const [first, ...rest] = kinds.filter((kind) => kind.stages.includes(stage)).map(schemaOf);
  if (first === undefined) throw new TypeError(`No kind of step may stand in ${stage}.`);
  return z
    .array(z.discriminatedUnion('use', [first, ...rest]))
    .max(MOST_STEPS, `holds more than ${MOST_STEPS} steps`);
}

/** Made once for each kind, which may stand in many lists: it takes its time, and every function that reads runbooks waits for it. */
const SCHEMAS = new Map<StepKind, StepSchema>();

function schemaOf(kind: StepKind): StepSchema {
  const schema = SCHEMAS.get(kind) ?? stepSchema(kind);
  SCHEMAS.set(kind, schema);
  return schema;
}

type StepSchema = z.ZodObject<StepShape, z.core.$strict>;

function stepSchema(kind: StepKind): StepSchema {
  // To compile a parser for one look takes longer than the look.
  const mayBeEmpty = kind.with.safeParse({}, { jitless: true }).success;
  const settings = mayBeEmpty ? kind.with.prefault({}) : kind.with;
  const shape = {
    ...common,
    timeout: duration
      .prefault(kind.timeout ?? TIMEOUT)
      .describe('How long the step may take, for example 2m'),
    use: z.literal(kind.use).describe('The kind of step'),
    with: settings.describe(`What ${kind.use} needs to know`),
  };
  // The type is that of the larger shape, so that all kinds have one.
  return z.strictObject(kind.destroys ? { ...shape, confirm: confirm.optional() } : shape) as z.ZodObject<
    StepShape,
    z.core.$strict
  >;
}

const confirm = z.string().describe('The name of what the step destroys, to the letter');

type StepShape = typeof common & {
  readonly use: z.ZodLiteral<string>;
  readonly timeout: z.ZodPrefault<typeof duration>;
  readonly with: z.ZodType;
  readonly confirm: z.ZodOptional<z.ZodString>;
};

/** The lists of steps that each workflow has. A cutover has to say how writes are stopped, switched and resumed. */
const LISTS = {
  restore: {
    ready: stepListSchema('ready'),
    before: stepListSchema('before'),
    verify: stepListSchema('verify'),
    after: stepListSchema('after'),
    cleanup: stepListSchema('cleanup'),
  },
  cutover: {
    ready: stepListSchema('ready'),
    before: stepListSchema('before'),
    stopWrites: writeSteps('stopWrites'),
    verify: stepListSchema('verify'),
    switchWrites: writeSteps('switchWrites'),
    after: stepListSchema('after'),
    resumeWrites: writeSteps('resumeWrites'),
    cleanup: stepListSchema('cleanup'),
  },
  pipeline: {
    ready: stepListSchema('ready'),
    verify: stepListSchema('verify'),
    after: stepListSchema('after'),
    cleanup: stepListSchema('cleanup'),
  },
};

/** The keys of a runbook that hold steps, for the workflow that it is run by. */
export function stageLists<W extends keyof typeof LISTS>(workflow: W): (typeof LISTS)[W] {
  return LISTS[workflow];
}
