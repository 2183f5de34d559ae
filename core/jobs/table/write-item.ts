import { randomUUID } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { intact, withChecksum } from './checksum.ts';
import { historyError } from './history-errors.ts';
import type { Item, ItemKey } from './item.ts';
import { CONDITION_FAILED, type Table } from './table.ts';

/** A condition on the item that is there. Attributes are written `#name`, values `:name`. */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Whether a conditional write was done; if not, what is there instead. */
export type WriteOutcome =
  { readonly written: true } | { readonly written: false; readonly present: Item | undefined };

/**
 * Reads one item, and reads what was last written.
 *
 * @throws HistoryUnavailableError, HistoryDamagedError
 */
export async function readItem(table: Table, key: ItemKey): Promise<Item | undefined> {
  const found = await readUnchecked(table, key);
  return found === undefined ? undefined : intact(found);
}

/** The item that the table gave in its own form. @throws HistoryDamagedError */
export function itemIn(found: Record<string, AttributeValue>): Item {
  return intact(unmarshall(found) as Item);
}

/**
 * Reads one item as it is, for what may be written over when it is damaged.
 *
 * @throws HistoryUnavailableError
 */
export async function readUnchecked(table: Table, key: ItemKey): Promise<Item | undefined> {
  const { Item: found } = await reaching(table, () =>
    table.getItem({
      TableName: table.tableName,
      Key: marshall({ pk: key.pk, sk: key.sk }),
      ConsistentRead: true,
    }),
  );
  return found === undefined ? undefined : (unmarshall(found) as Item);
}

/**
 * Writes an item if the condition holds, at most once.
 *
 * A reply can be lost on its way, and the table's client then asks again: the condition now fails on what the first
 * request wrote. So every write is marked with an id of its own, by which it is known again. The id is a name and decides
 * nothing, which is why it is not drawn from the randomness that core is handed.
 *
 * @throws HistoryUnavailableError, and HistoryDamagedError when what is there instead is damaged.
 */
export async function putItemIf(table: Table, item: Item, condition: Condition): Promise<WriteOutcome> {
  const writeId = randomUUID();
  const input = {
    TableName: table.tableName,
    Item: marshall(withChecksum({ ...item, writeId })),
    ...conditionInput(condition),
  };
  if (await holds(table, () => table.putItem(input))) return { written: true };
  const present = await readUnchecked(table, item);
  if (present?.writeId === writeId) return { written: true };
  return { written: false, present: present === undefined ? undefined : intact(present) };
}

/** Runs a call to the table, and says what its failure means. */
export async function reaching<T>(table: Table, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw historyError(error, table.tableName);
  }
}

async function holds(table: Table, write: () => Promise<unknown>): Promise<boolean> {
  return reaching(table, async () => {
    try {
      await write();
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === CONDITION_FAILED) return false;
      throw error;
    }
  });
}

function conditionInput({ expression, values }: Condition) {
  const marked = Object.entries(values ?? {}).map(([name, value]) => [`:${name}`, value] as const);
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: namesIn(expression),
    ...(marked.length === 0 ? {} : { ExpressionAttributeValues: marshall(Object.fromEntries(marked)) }),
  };
}

/** The names of every expression that was used: there are few, and each write has one of them. */
const knownNames = new Map<string, Readonly<Record<string, string>>>();

/** Every name goes through a placeholder: `status` and `owner` are among DynamoDB's reserved words. */
function namesIn(expression: string): Record<string, string> {
  const names =
    knownNames.get(expression) ??
    Object.fromEntries((expression.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]));
  knownNames.set(expression, names);
  return { ...names };
}
