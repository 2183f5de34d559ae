import { isListed, personOf } from '../person.ts';
import type { ApprovalRule } from '../runbooks/kinds/approval.ts';

/**
 * The rule that asks as much as each of several: the most people, of those whom all of them accept, in the shortest time.
 * Undefined when there is none.
 */
export function strictestRule(rules: readonly ApprovalRule[]): ApprovalRule | undefined {
  const [first, ...rest] = rules;
  if (first === undefined) return undefined;
  return rest.reduce<ApprovalRule>((one, other) => {
    const from = bothAccept(one.from, other.from);
    return {
      ...(from !== undefined && { from }),
      count: Math.max(one.count, other.count),
      within: Math.min(one.within, other.within),
    };
  }, first);
}

/** Whether there are fewer people who may approve than have to: then nobody could ever give the approval. */
export function isImpossible({ from, count }: ApprovalRule): boolean {
  return from !== undefined && peopleIn(from) < count;
}

function bothAccept(one: string[] | undefined, other: string[] | undefined): string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((name) => isListed(name, other));
}

/** How many people a list of names has who could approve. */
function peopleIn(names: readonly string[]): number {
  const people = names.map((name) => personOf(name)).filter(({ identified }) => identified);
  return new Set(people.map(({ key }) => key)).size;
}
