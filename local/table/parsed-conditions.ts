import type { Asked, Condition, ConditionNode, ConditionParser } from 'dynalite/db/conditionParser.js';

/** Conditions that are kept. The history asks with about ten; what comes over the wire is of other processes. */
const MOST = 100;

/** These look at a value beyond its type, so a condition with one of them is read from text each time. */
const LOOKS_AT_VALUES = /between|attribute_type/i;

/** What stands in a kept condition for a value: the name that the value has in the request, with its colon. */
interface Place {
  readonly name: string;
}

/**
 * A parser of dynalite that reads each condition from text once: the few that the history has differ in their values alone, and to
 * read one takes as much as all else that a write needs.
 */
export function parseOnce(parse: ConditionParser['parse']): ConditionParser['parse'] {
  const known = new Map<string, Condition>();
  return (text, options) => {
    const { context } = options;
    const { attrVals = {} } = context;
    const key = keyOf(text, context);
    const found = known.get(key);
    if (found !== undefined) {
      noteUse(text, context);
      return withValues(found, (place) => attrVals[(place as Place).name]);
    }
    const parsed = parse(text, options);
    if (typeof parsed === 'object' && known.size < MOST && !LOOKS_AT_VALUES.test(text)) {
      const names = new Map(Object.entries(attrVals).map(([name, value]) => [value, name]));
      known.set(
        key,
        withValues(parsed, (value) => ({ name: names.get(value) })),
      );
    }
    return parsed;
  };
}

/** All that decides what is made of a text: names with what they stand for, values with their types. */
function keyOf(text: string, { attrNames = {}, attrVals = {} }: Asked): string {
  const types = Object.entries(attrVals).map(([name, value]) => [name, Object.keys(value)]);
  return JSON.stringify([text, attrNames, types]);
}

/** dynalite refuses a request with names or values that no expression has used. */
function noteUse(text: string, { unusedAttrNames, unusedAttrVals }: Asked): void {
  for (const [name] of text.matchAll(/[#:]\w+/g)) {
    Reflect.deleteProperty(unusedAttrNames, name);
    Reflect.deleteProperty(unusedAttrVals, name);
  }
}

/** A condition of its own, with other things where its values are. */
function withValues(condition: Condition, change: (value: object) => unknown): Condition {
  const changed = (part: unknown): unknown => {
    // The path of an attribute, as a list of its steps.
    if (Array.isArray(part)) return [...(part as readonly unknown[])];
    if (!isNode(part)) return change(part as object);
    return { ...part, args: part.args.map(changed) };
  };
  return { ...condition, expression: changed(condition.expression) as ConditionNode };
}

function isNode(part: unknown): part is ConditionNode {
  return typeof part === 'object' && part !== null && 'args' in part;
}
