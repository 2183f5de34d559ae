import { manualClock } from '../../support/manual-clock.ts';
import fc from 'fast-check';
import { z } from 'zod';
import type { Operation } from '../../../core/atlas/operation.ts';
import { OPERATIONS } from '../../../core/atlas/resources.ts';
import { described, type Schema } from './document.ts';
import { valuesOf } from './json-arbitraries.ts';

/** Every operation with its name first, as tables of tests want it. */
export const operations = OPERATIONS.map((one) => [one.operationId, one] as const);

/** MongoDB's document no longer has these: Atlas has ended data lake pipelines. */
export const NOT_IN_DOCUMENT: readonly string[] = ['getPipelineRun', 'resumePipeline'];

/** The operations that MongoDB's document describes. */
export const documented = operations.filter(([, one]) => described(one) !== undefined);

/** The parameters of an operation as JSON Schema. */
export function paramsSchema(operation: Operation): Schema {
  return z.toJSONSchema(operation.params, { io: 'input' }) as Schema;
}

/** Parameters that the types of an operation allow. Dots alone are left out: no address can hold them, so none is sent with them. */
export function paramsOf(operation: Operation): fc.Arbitrary<Record<string, unknown>> {
  const allowed = (params: unknown): params is Record<string, unknown> =>
    operation.params.safeParse(params).success &&
    !Object.values(params as object).some((value) => value === '.' || value === '..');
  return valuesOf(paramsSchema(operation)).filter(allowed);
}

/** One set of parameters that an operation takes at the time of a manual clock, always the same. */
export function someParams(operation: Operation): Record<string, unknown> {
  const now = manualClock().now();
  const taken = paramsOf(operation).filter(
    (params) => (operation.faultsAt?.(params, now) ?? []).length === 0,
  );
  return fc.sample(taken, { numRuns: 1, seed: 7 })[0]!;
}
