import type { GetItemCommandInput, PutItemCommandInput, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { CONDITION_FAILED } from '../../core/jobs/table/table.ts';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import { conditionHolds, keyConditionOf, type Attributes, type Expression } from './memory-conditions.ts';

/** An item as DynamoDB has it. */
export type DynamoItem = Attributes;

/** A request to the table, named and shaped as in DynamoDB's API. */
export type DynamoRequest =
  | { readonly operation: 'GetItem'; readonly input: GetItemCommandInput }
  | { readonly operation: 'PutItem'; readonly input: PutItemCommandInput }
  | { readonly operation: 'Query'; readonly input: QueryCommandInput };

/** What it answers, as far as the history reads it. */
export interface DynamoReply {
  readonly Item?: Attributes;
  readonly Items?: Attributes[];
  readonly LastEvaluatedKey?: Attributes;
}

/** A table in memory. Each operation is done at once and as a whole, as DynamoDB does those of a single item. */
export interface MemoryDynamo {
  /** @throws an error named as DynamoDB's when a condition does not hold. */
  perform(request: DynamoRequest): DynamoReply;
  /** Every item, for those who look afterwards. */
  items(): Iterable<Attributes>;
}

const { partitionKey, sortKey, indexes, indexSortKey, projectedAttributes } = TABLE_SHAPE;

/**
 * A table of the history's shape that does what DynamoDB does with the requests of the history, and knows no others. That it
 * does the same as the embedded table is tested with random histories of requests.
 */
export function memoryDynamo(): MemoryDynamo {
  const partitions = new Map<string, Map<string, Attributes>>();
  const find = (key: Attributes) => partitions.get(text(key, partitionKey))?.get(text(key, sortKey));
  const everything = function* () {
    for (const items of partitions.values()) yield* items.values();
  };
  return {
    items: everything,
    perform({ operation, input }) {
      switch (operation) {
        case 'GetItem': {
          const item = find(input.Key ?? {});
          return item === undefined ? {} : { Item: item };
        }
        case 'PutItem': {
          const { Item = {} } = input;
          check(input, find(Item));
          const partition = text(Item, partitionKey);
          const items = partitions.get(partition) ?? new Map<string, Attributes>();
          partitions.set(partition, items.set(text(Item, sortKey), Item));
          return {};
        }
        case 'Query':
          return input.IndexName === undefined
            ? queryTable(partitions, input)
            : queryIndex(everything(), input);
      }
    },
  };
}

function check(expression: Expression, item: Attributes | undefined): void {
  if (conditionHolds(expression, item)) return;
  throw Object.assign(new Error('The conditional request failed'), { name: CONDITION_FAILED });
}

function queryTable(
  partitions: ReadonlyMap<string, ReadonlyMap<string, Attributes>>,
  input: QueryCommandInput,
): DynamoReply {
  const { value, prefix } = keyConditionOf(input);
  const items = [...(partitions.get(value)?.values() ?? [])].filter((item) =>
    text(item, sortKey).startsWith(prefix),
  );
  return pageOf(items, sortKey, [partitionKey, sortKey], input);
}

function queryIndex(all: Iterable<Attributes>, input: QueryCommandInput): DynamoReply {
  const index = indexes.find(({ name }) => name === input.IndexName);
  if (index === undefined) throw new TypeError(`There is no index ${input.IndexName ?? ''}.`);
  const { value } = keyConditionOf(input);
  const items = [...all].filter(
    (item) => item[index.partitionKey]?.S === value && item[indexSortKey] !== undefined,
  );
  const keys = [partitionKey, sortKey, index.partitionKey, indexSortKey];
  const page = pageOf(items, indexSortKey, keys, input);
  const shown = [...keys, ...projectedAttributes];
  return { ...page, Items: (page.Items ?? []).map((item) => picked(item, shown)) };
}

function pageOf(
  items: Attributes[],
  sortedBy: string,
  keys: readonly string[],
  { ScanIndexForward = true, Limit = Infinity, ExclusiveStartKey }: QueryCommandInput,
): DynamoReply {
  const sign = ScanIndexForward ? 1 : -1;
  items.sort((one, other) => (text(one, sortedBy) < text(other, sortedBy) ? -sign : sign));
  const start = ExclusiveStartKey === undefined ? undefined : text(ExclusiveStartKey, sortedBy);
  const isLeft = (key: string) => start === undefined || (ScanIndexForward ? key > start : key < start);
  const Items = items.filter((item) => isLeft(text(item, sortedBy))).slice(0, Limit);
  const last = Items.at(-1);
  // DynamoDB stops at the limit without a look at what comes after it.
  return last !== undefined && Items.length === Limit
    ? { Items, LastEvaluatedKey: picked(last, keys) }
    : { Items };
}

function picked(item: Attributes, names: readonly string[]): Attributes {
  const entries = names.map((name) => [name, item[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Attributes;
}

/** The string of an attribute; keys are nothing else in this table. */
function text(item: Attributes, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new TypeError(`${name} is no string.`);
  return value;
}
