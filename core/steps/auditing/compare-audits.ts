import { isDeepStrictEqual } from 'node:util';

/** What a project's auditing configuration says. */
export interface AuditFacts {
  readonly enabled: boolean;
  /** Whether successful authorizations are recorded too, not only those that were refused. */
  readonly authorizationSuccess: boolean;
  /** JSON that chooses the events, as text. */
  readonly filter: string;
}

/**
 * What the source audits and the target does not, in words; empty when the target audits all of it. A target that also
 * records successful authorizations audits more, which is no fault. Whether one filter covers another cannot be told, so
 * filters must say the same; spaces and the order of keys don't matter.
 */
export function auditGaps(source: AuditFacts, target: AuditFacts): string[] {
  if (!source.enabled) return [];
  if (!target.enabled) return ['auditing is off'];
  const gaps: string[] = [];
  if (source.authorizationSuccess && !target.authorizationSuccess) {
    gaps.push('successful authorizations are not recorded');
  }
  if (!sameFilter(source.filter, target.filter)) gaps.push('the filter is another one');
  return gaps;
}

function sameFilter(one: string, other: string): boolean {
  return isDeepStrictEqual(parsed(one), parsed(other));
}

/** The filter as a document; a text that is not JSON stands for itself. No filter at all is the empty one. */
function parsed(filter: string): unknown {
  const text = filter.trim();
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
