import type { Mistake } from './explain-issues.ts';
import { isMap } from './is-map.ts';
import { keysOfKind, nearest } from './known-keys.ts';
import { RUNBOOK_KINDS } from './undertaking.ts';

/** A runbook as it is to be read, and what is wrong with its kind. */
interface KindRead {
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
}

/**
 * The kind decides what else a runbook may hold. Where it is missing or unknown, the runbook is read as the kind that was
 * most likely meant, so that its other mistakes are told too.
 *
 * @param value the runbook as it was written, of whatever shape.
 */
export function readKind(value: unknown): KindRead {
  if (!isMap(value) || RUNBOOK_KINDS.some((kind) => kind === value.kind)) return { value, mistakes: [] };
  const near = typeof value.kind === 'string' ? nearest(value.kind, RUNBOOK_KINDS) : undefined;
  const verb = value.kind === undefined ? 'is missing: it must be' : 'must be';
  const hint = near === undefined ? '' : `: did you mean ${near}?`;
  const message = `${verb} one of ${RUNBOOK_KINDS.join(', ')}${hint}`;
  return {
    value: { ...value, kind: near ?? likeliest(Object.keys(value)) },
    mistakes: [{ path: ['kind'], at: 'value', message }],
  };
}

/** The kind that knows most of the keys. Not a drill: it has the keys of a restore, and a rule more. */
function likeliest(written: readonly string[]): string | undefined {
  const known = (kind: string) => written.filter((key) => keysOfKind(kind).includes(key)).length;
  const ranked = RUNBOOK_KINDS.filter((kind) => kind !== 'drill').toSorted((a, b) => known(b) - known(a));
  return ranked[0];
}
