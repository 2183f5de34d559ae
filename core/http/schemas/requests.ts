import * as z from 'zod';
import { clusterNamePart } from '../../runbooks/fields.ts';
import { component } from './component.ts';
import * as field from './fields.ts';

const jsonObject = z.record(z.string(), z.unknown());

const runbookParts = {
  runbook: z
    .union([z.string().min(1), jsonObject])
    .optional()
    .describe('A runbook: its text (YAML or JSON), or the same as an object'),
  name: field.runbookName.optional(),
  overrides: jsonObject.optional().meta({
    description:
      'With name: what takes the place of parts of that runbook, as a JSON merge patch (RFC 7396). version, kind and name stay',
    propertyNames: { type: 'string', not: { enum: ['version', 'kind', 'name'] } },
  }),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional()
    .describe('What a random recovery point draws with; drawn anew by default'),
};

/** A runbook as a request gives it. */
export type RunbookRequest = z.output<z.ZodObject<typeof runbookParts>>;

function checkParts({ runbook, name, overrides }: RunbookRequest, context: z.RefinementCtx): void {
  const say = (path: string, message: string) => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  if (runbook === undefined && name === undefined) say('runbook', 'is missing: give it, or the name of one');
  if (runbook !== undefined && name !== undefined) say('name', 'stands beside runbook: give one of them');
  if (overrides !== undefined && name === undefined) say('overrides', 'is for a runbook that is named');
  for (const key of ['version', 'kind', 'name']) {
    if (overrides !== undefined && Object.hasOwn(overrides, key)) say(`overrides.${key}`, 'stays as it is');
  }
}

/** What the document says of {@link checkParts}. */
const EITHER = {
  oneOf: [{ required: ['runbook'] }, { required: ['name'] }],
  dependentRequired: { overrides: ['name'] },
};

/** What is to be run, or planned. */
export const runbookRequest = component(
  'RunbookRequest',
  z
    .strictObject(runbookParts)
    .superRefine(checkParts)
    .meta({ description: 'A runbook, or the name of one that the host keeps', ...EITHER }),
);

/** What is to be restored without an approval, with the confirmation of the person who answers for it. */
export const breakGlassRequest = component(
  'BreakGlassRequest',
  z
    .strictObject({
      ...runbookParts,
      cluster: clusterNamePart.describe('The name of the cluster to erase, entered again: the target of the runbook'),
      reason: field.reason,
    })
    .superRefine(checkParts)
    .meta({
      description: 'A runbook of kind restore, or the name of one that the host keeps, and the confirmation',
      ...EITHER,
    }),
);
export type BreakGlassRequest = z.output<typeof breakGlassRequest>;

/** What somebody says of a job that asks for approval. */
export const decisionRequest = component(
  'DecisionRequest',
  z.strictObject({
    reason: field.reason,
    plan: z
      .string()
      .regex(/^[0-9a-fA-F]{8,64}$/, 'is not the hash of a plan: at least 8 of its 64 hexadecimal digits')
      .describe('The hash of the plan that is meant, or its beginning: approvals.*.plan.hash of the job'),
  }),
);

/** A request to stop a job. */
export const cancelRequest = component('CancelRequest', z.strictObject({ reason: field.reason }));

/** A request to freeze the installation. */
export const freezeRequest = component('FreezeRequest', z.strictObject({ reason: field.reason }));

/** A request to unfreeze it. */
export const unfreezeRequest = component(
  'UnfreezeRequest',
  z.strictObject({ reason: field.reason.optional() }),
);
