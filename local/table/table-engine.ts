import createTable from 'dynalite/actions/createTable.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem, { type Action } from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import conditions from 'dynalite/db/conditionParser.js';
import database, { type Store } from 'dynalite/db/index.js';
import createTableRules from 'dynalite/validations/createTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItemRules, { type Validation } from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import { knowingTable } from './known-table.ts';
import { readWell } from './level-reads.ts';
import { parseOnce } from './parsed-conditions.ts';
import { flushTo, writeAtOnce, type Flush } from './write-at-once.ts';

/** What the history asks of DynamoDB, and no more. */
const OPERATIONS: Readonly<Record<string, { readonly action: Action; readonly rules: Validation }>> = {
  CreateTable: { action: createTable, rules: createTableRules },
  GetItem: { action: getItem, rules: getItemRules },
  PutItem: { action: putItem, rules: putItemRules },
  Query: { action: query, rules: queryRules },
};

// dynalite's validations ask this object, and take no other.
conditions.parse = parseOnce(conditions.parse);

/** How DynamoDB refuses a request, for example because its condition does not hold. */
export interface Refusal {
  readonly statusCode: number;
  readonly body: unknown;
}

/** DynamoDB without its network. */
export interface TableEngine {
  readonly store: Store;
  /**
   * Carries out one operation, named and shaped as in DynamoDB's API.
   *
   * @throws a {@link Refusal}, or whatever LevelDB fails with.
   */
  perform(operation: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** What is to be known of a database on the disk. */
export interface EngineOptions {
  /** Whether it may be made if it is not there. */
  readonly createIfMissing?: boolean;
  /** Called with the number of entries that are on the disk, before they are acknowledged. */
  readonly onDisk?: (entries: number) => void;
}

/**
 * Opens the database in a folder, or one in memory.
 *
 * @throws an error whose `cause.code` is LevelDB's, for example `LEVEL_LOCKED` when another process has it open.
 */
export async function openEngine(
  folder?: string,
  { createIfMissing = true, onDisk = () => undefined }: EngineOptions = {},
): Promise<TableEngine> {
  const store = knowingTable(
    database.create({ createTableMs: 0, ...(folder === undefined ? {} : { path: folder }) }),
  );
  await store.db.open({ createIfMissing });
  readWell(store.db);
  const flush = flushTo(store.db, onDisk);
  return {
    store,
    perform: (operation, input) => perform(store, flush, operation, input),
    close: () => store.db.close(),
  };
}

/** Whether an error is a refusal in DynamoDB's terms, and not a failure. */
export function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'statusCode' in error && 'body' in error;
}

async function perform(store: Store, flush: Flush, operation: string, input: unknown): Promise<unknown> {
  const found = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (found === undefined)
    throw refusal('UnknownOperationException', `${operation} is not one of the operations here.`);
  const { action, rules } = found;
  const data = validations.checkTypes(input, rules.types);
  validations.checkValidations(data, rules.types, rules.custom, store);
  return new Promise((resolve, reject) => {
    action(writeAtOnce(store, flush), data, (error, result) => {
      if (!error) resolve(result);
      else reject(error);
    });
  });
}

function refusal(type: string, message: string): Error & Refusal {
  const body = { __type: `com.amazon.coral.service#${type}`, message };
  return Object.assign(new Error(message), { statusCode: 400, body });
}
