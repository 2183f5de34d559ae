import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item, a key, or the values of placeholders. */
export type Attributes = Record<string, AttributeValue>;

/** An expression and what its placeholders stand for. */
export interface Expression {
  readonly ConditionExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Attributes> | undefined;
}

/** Whether a condition holds for an item, which may not be there. */
type Condition = (expression: Expression, item: Attributes | undefined) => boolean;

/** The conditions that were read, by their texts: the history has few, and asks them again and again. */
const read = new Map<string, Condition>();

/**
 * Whether a condition holds for an item, which may not be there. Read are `attribute_exists(#name)`,
 * `attribute_not_exists(#name)`, and comparisons `#name = :value` with `=`, `<>`, `<`, `<=`, `>` and `>=`, put together with
 * AND, OR and parentheses.
 *
 * @throws TypeError for any other form.
 */
export function conditionHolds(expression: Expression, item: Attributes | undefined): boolean {
  const { ConditionExpression: text } = expression;
  if (text === undefined) return true;
  let condition = read.get(text);
  if (condition === undefined) read.set(text, (condition = conditionOf(text)));
  return condition(expression, item);
}

/** Reads a condition, from the outside in: AND binds closer than OR. */
function conditionOf(text: string): Condition {
  const unknown = () => new TypeError(`No condition that is known here: ${text}`);
  const tokens = text.match(/[#:]?\w+|<>|<=|>=|\S/g) ?? [];
  const next = (form: RegExp): string => {
    const token = tokens.shift() ?? '';
    if (!form.test(token)) throw unknown();
    return token;
  };
  const oneOrMore = (word: string, part: () => Condition): Condition[] => {
    const parts = [part()];
    while (tokens[0] === word) {
      tokens.shift();
      parts.push(part());
    }
    return parts;
  };
  const either = (): Condition => {
    const parts = oneOrMore('OR', all);
    return (expression, item) => parts.some((part) => part(expression, item));
  };
  const all = (): Condition => {
    const parts = oneOrMore('AND', one);
    return (expression, item) => parts.every((part) => part(expression, item));
  };
  const one = (): Condition => {
    const first = next(/^(\(|#\w+|attribute_exists|attribute_not_exists)$/);
    if (first.startsWith('#')) return comparison(first, next(/^(=|<>|<=?|>=?)$/), next(/^:\w+$/));
    if (first !== '(') next(/^\($/);
    const inner = first === '(' ? either() : presence(next(/^#\w+$/), first === 'attribute_exists');
    next(/^\)$/);
    return inner;
  };
  const condition = either();
  if (tokens.length > 0) throw unknown();
  return condition;
}

function presence(name: string, isThere: boolean): Condition {
  return (expression, item) => (item?.[nameOf(name, expression)] !== undefined) === isThere;
}

function comparison(name: string, operator: string, placeholder: string): Condition {
  return (expression, item) => {
    const there = item?.[nameOf(name, expression)];
    const order = orderOf(there, valueOf(placeholder, expression));
    // Values of two types are neither alike nor in an order, and so is what is not there.
    if (order === undefined) return operator === '<>';
    switch (operator) {
      case '=':
        return order === 0;
      case '<>':
        return order !== 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      default:
        return order >= 0;
    }
  };
}

/** Below 0 when the first comes first, 0 when they are alike; undefined for values of two types. */
function orderOf(one: AttributeValue | undefined, other: AttributeValue): number | undefined {
  if (one?.N !== undefined && other.N !== undefined) return Number(one.N) - Number(other.N);
  if (one?.S === undefined || other.S === undefined) return undefined;
  if (one.S === other.S) return 0;
  return one.S < other.S ? -1 : 1;
}

/**
 * The value that a key condition asks for in the partition key, and how the sort key begins. Read are `#name = :value`, and
 * `#name = :value AND begins_with(#sort, :prefix)`.
 *
 * @throws TypeError for any other form.
 */
export function keyConditionOf(expression: Expression): { readonly value: string; readonly prefix: string } {
  const { KeyConditionExpression = '' } = expression;
  const [, value, , prefix] =
    /^#\w+ = (:\w+)( AND begins_with\(#\w+, (:\w+)\))?$/.exec(KeyConditionExpression) ?? [];
  if (value === undefined)
    throw new TypeError(`No key condition that is known here: ${KeyConditionExpression}`);
  return {
    value: valueOf(value, expression).S ?? '',
    prefix: prefix === undefined ? '' : (valueOf(prefix, expression).S ?? ''),
  };
}

function nameOf(placeholder: string, { ExpressionAttributeNames = {} }: Expression): string {
  const name = ExpressionAttributeNames[placeholder];
  if (name === undefined) throw new TypeError(`${placeholder} stands for nothing.`);
  return name;
}

function valueOf(placeholder: string, { ExpressionAttributeValues = {} }: Expression): AttributeValue {
  const value = ExpressionAttributeValues[placeholder];
  if (value === undefined) throw new TypeError(`${placeholder} stands for nothing.`);
  return value;
}
