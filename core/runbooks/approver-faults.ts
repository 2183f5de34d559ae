import { neverApproves, personOf, type CallerForm } from '../person.ts';
import type { CrossFieldFault } from './cross-field-fault.ts';
import { isMap } from './is-map.ts';
import { writtenSteps } from './steps/step-faults.ts';

/**
 * Approvals that can never be given: they want more people than may give them, or name somebody who can't. It takes a draft
 * of whatever shape.
 *
 * @param callers how the installation identifies its callers; absent where it is not known.
 */
export function approverFaults(
  draft: Readonly<Record<string, unknown>>,
  callers?: CallerForm,
): CrossFieldFault[] {
  const faults = (rule: unknown, path: CrossFieldFault['path']) => [
    ...strangers(rule, path, callers),
    ...tooFew(rule, path),
  ];
  const ofSteps = writtenSteps(draft)
    .filter(({ step }) => step.use === 'approval')
    .flatMap(({ path, step }) => faults(step.with, [...path, 'with']));
  return [...faults(draft.approval, ['approval']), ...ofSteps];
}

function strangers(
  rule: unknown,
  path: CrossFieldFault['path'],
  callers: CallerForm | undefined,
): CrossFieldFault[] {
  if (!isMap(rule) || !Array.isArray(rule.from)) return [];
  return rule.from.flatMap((name: unknown, index) => {
    const message = typeof name === 'string' ? neverApproves(name, callers) : undefined;
    return message === undefined ? [] : [{ path: [...path, 'from', index], message }];
  });
}

function tooFew(rule: unknown, path: CrossFieldFault['path']): CrossFieldFault[] {
  if (!isMap(rule) || !Array.isArray(rule.from)) return [];
  const { from, count = 1 } = rule;
  const people = new Set(from.map((name) => personOf(String(name)).key)).size;
  if (typeof count !== 'number' || people === 0 || people >= count) return [];
  const message = `names ${people} who may approve, and count asks for ${count}: nobody could ever give that`;
  return [{ path: [...path, 'from'], message }];
}
