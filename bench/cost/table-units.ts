import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';

/** An item as DynamoDB's protocol writes it, for example `{ pk: { S: 'JOB#1' } }`. */
type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A call to the table, and what came back. */
export interface TableCall {
  readonly operation: string;
  readonly input: {
    readonly Item?: Item;
    readonly IndexName?: string;
    readonly ConsistentRead?: boolean;
  };
  /** Undefined for a write whose condition did not hold. */
  readonly output: { readonly Item?: Item; readonly Items?: readonly Item[] } | undefined;
}

/** What the calls of a job come to. */
export interface TableUnits {
  readonly calls: number;
  readonly reads: number;
  /** Those of the indexes included. */
  readonly writes: number;
  /** How many of the writes are those of the indexes. */
  readonly indexWrites: number;
  /** Writes of a job's record: what the stream tells of. */
  readonly jobWrites: number;
  /** Bytes of the largest item. */
  readonly largestItem: number;
}

/**
 * The units of DynamoDB that calls to a table take, all of whose items were written by these calls. A write takes one for each KB
 * that is begun, of the larger of the item before and after, and as much again for each index in which something changed,
 * for both places where its key did; a read takes one for each 4 KB that are begun, or half of one where it need not be
 * consistent. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and GSI.html
 *
 * @param from the first call that counts; those before only tell what is there.
 */
export function unitsOf(calls: readonly TableCall[], from = 0): TableUnits {
  const there = new Map<string, Item>();
  const all = calls.map((call) => unitsOfCall(call, there));
  const counted = all.slice(from);
  const sum = (name: keyof TableUnits) => counted.reduce((total, units) => total + units[name], 0);
  return {
    calls: counted.length,
    reads: sum('reads'),
    writes: sum('writes'),
    indexWrites: sum('indexWrites'),
    jobWrites: sum('jobWrites'),
    largestItem: Math.max(0, ...counted.map(({ largestItem }) => largestItem)),
  };
}

const NOTHING: TableUnits = { calls: 1, reads: 0, writes: 0, indexWrites: 0, jobWrites: 0, largestItem: 0 };

function unitsOfCall({ operation, input, output }: TableCall, there: Map<string, Item>): TableUnits {
  const { Item, ConsistentRead } = input;
  switch (operation) {
    case 'GetItem':
      return { ...NOTHING, reads: readUnits(sizeOf(output?.Item), ConsistentRead) };
    case 'Query': {
      const bytes = (output?.Items ?? []).reduce((sum, item) => sum + sizeOf(item), 0);
      return { ...NOTHING, reads: readUnits(bytes, ConsistentRead) };
    }
    case 'PutItem': {
      const key = keyOf(Item);
      const before = there.get(key);
      // A condition that does not hold has looked at what is there, and costs as much as writing it.
      const after = output === undefined ? before : Item;
      if (after !== undefined) there.set(key, after);
      return unitsOfWrite(before, after, output !== undefined);
    }
    default:
      throw new Error(`What ${operation} takes is not known here.`);
  }
}

function unitsOfWrite(before: Item | undefined, after: Item | undefined, isWritten: boolean): TableUnits {
  const indexWrites = TABLE_SHAPE.indexes.reduce((sum, index) => sum + indexUnits(index, before, after), 0);
  return {
    ...NOTHING,
    writes: writeUnits(Math.max(sizeOf(before), sizeOf(after))) + indexWrites,
    indexWrites,
    jobWrites: isWritten && after?.sk?.S === 'JOB' ? 1 : 0,
    largestItem: sizeOf(after),
  };
}

function keyOf(item: Item | undefined): string {
  return `${String(item?.pk?.S)} ${String(item?.sk?.S)}`;
}

function readUnits(bytes: number, isConsistent = false): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);
}

function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

type Index = (typeof TABLE_SHAPE.indexes)[number];

function indexUnits(index: Index, before: Item | undefined, after: Item | undefined): number {
  const [old, now] = [entryOf(index, before), entryOf(index, after)];
  if (JSON.stringify(old) === JSON.stringify(now)) return 0;
  if (old === undefined || now === undefined) return writeUnits(sizeOf(old ?? now));
  const hasMoved = old[index.partitionKey]?.S !== now[index.partitionKey]?.S;
  if (hasMoved) return writeUnits(sizeOf(old)) + writeUnits(sizeOf(now));
  return writeUnits(Math.max(sizeOf(old), sizeOf(now)));
}

/** What an index holds of an item; undefined for an item that is not in it. */
function entryOf({ partitionKey }: Index, item: Item | undefined): Item | undefined {
  if (item === undefined || !(partitionKey in item) || !(TABLE_SHAPE.indexSortKey in item)) return undefined;
  const held = ['pk', 'sk', partitionKey, TABLE_SHAPE.indexSortKey, ...TABLE_SHAPE.projectedAttributes];
  return Object.fromEntries(Object.entries(item).filter(([name]) => held.includes(name)));
}

/** Bytes: those of the names and of the values; two digits of a number are one. */
function sizeOf(item: Item | undefined): number {
  return Object.entries(item ?? {}).reduce((sum, [name, { S, N }]) => {
    if (typeof S === 'string') return sum + Buffer.byteLength(name) + Buffer.byteLength(S);
    if (typeof N === 'string') return sum + Buffer.byteLength(name) + Math.ceil(N.length / 2) + 1;
    throw new TypeError(`The size of ${name} is not known here.`);
  }, 0);
}
