import type { CrossFieldFault } from './cross-field-fault.ts';
import { isMap } from './is-map.ts';
import { writtenSteps } from './steps/step-faults.ts';

/**
 * Approvals that can never be given, because they want more people than may give them. It takes a draft of whatever shape.
 */
export function approverFaults(draft: Readonly<Record<string, unknown>>): CrossFieldFault[] {
  const ofSteps = writtenSteps(draft)
    .filter(({ step }) => step.use === 'approval')
    .flatMap(({ path, step }) => tooFew(step.with, [...path, 'with']));
  return [...tooFew(draft.approval, ['approval']), ...ofSteps];
}

function tooFew(rule: unknown, path: CrossFieldFault['path']): CrossFieldFault[] {
  if (!isMap(rule) || !Array.isArray(rule.from)) return [];
  const { from, count = 1 } = rule;
  const people = new Set(from.map((name) => String(name).toLowerCase())).size;
  if (typeof count !== 'number' || people === 0 || people >= count) return [];
  const message = `names ${people} who may approve, and count asks for ${count}: nobody could ever give that`;
  return [{ path: [...path, 'from'], message }];
}
