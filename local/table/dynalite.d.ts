/**
 * The parts of dynalite 4.0.0 that the embedded table is built from; the package has no types of its own.
 * They are taken instead of its HTTP server because that one throws what LevelDB fails with (a full disk, a damaged
 * file) where nobody can catch it, and because its writes are neither atomic nor flushed.
 */

declare module 'dynalite/db/index.js' {
  import type { Readable } from 'node:stream';

  export type Done<T = void> = (error?: Error | null, result?: T) => void;

  export type BatchOperation =
    | { readonly type: 'put'; readonly key: string; readonly value: unknown }
    | { readonly type: 'del'; readonly key: string };

  /** A part of the database: its keys begin with the part's name and `~`. */
  export interface SubDatabase {
    get(key: string, done: Done<unknown>): void;
    put(key: string, value: unknown, done: Done): void;
    del(key: string, done: Done): void;
  }

  /** LevelDB. */
  export interface Database {
    /** @throws an error whose `cause.code` says why: `LEVEL_LOCKED`, `LEVEL_CORRUPTION`, `LEVEL_IO_ERROR`. */
    open(options?: { readonly createIfMissing: boolean }): Promise<void>;
    close(): Promise<void>;
    batch(operations: readonly BatchOperation[], options: { readonly sync: boolean }): Promise<void>;
    /** What all parts read an item with. */
    get(key: string, done: Done<unknown>): void;
    /** @throws an error whose `code` is `LEVEL_…`. */
    getSync(key: string): unknown;
    values(range: object): { all(): Promise<readonly unknown[]> };
    /** What all parts read a list with. */
    createValueStream(range: object): Readable;
  }

  export interface Table {
    readonly TableStatus: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
  }

  export interface Store {
    readonly db: Database;
    readonly tableDb: SubDatabase;
    getItemDb(table: string): SubDatabase;
    getIndexDb(type: string, table: string, index: string): SubDatabase;
    /** @param rest `done`, or whether a table that is being made counts as there, and `done`. */
    getTable(name: string, ...rest: readonly [Done<Table>] | readonly [boolean, Done<Table>]): void;
  }

  const database: {
    /** @param options without `path` the database is in memory; the times are milliseconds. */
    create(options: { readonly path?: string; readonly createTableMs: number }): Store;
  };
  export default database;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';
  import type { Types, Validation } from 'dynalite/validations/putItem.js';

  const validations: {
    /** @throws an error with `statusCode` and `body`, as checkValidations does. */
    checkTypes(data: unknown, types: Types): Record<string, unknown>;
    checkValidations(
      data: Record<string, unknown>,
      types: Types,
      custom: Validation['custom'],
      store: Store,
    ): void;
  };
  export default validations;
}

declare module 'dynalite/validations/putItem.js' {
  export type Types = Readonly<Record<string, unknown>>;
  export interface Validation {
    readonly types: Types;
    readonly custom: (data: unknown, store: unknown) => string | undefined;
  }
  const validation: Validation;
  export default validation;
}

declare module 'dynalite/validations/getItem.js' {
  export { default } from 'dynalite/validations/putItem.js';
}

declare module 'dynalite/validations/query.js' {
  export { default } from 'dynalite/validations/putItem.js';
}

declare module 'dynalite/validations/createTable.js' {
  export { default } from 'dynalite/validations/putItem.js';
}

declare module 'dynalite/actions/putItem.js' {
  import type { Done, Store } from 'dynalite/db/index.js';

  /** An operation of DynamoDB. Refusals come back as errors with `statusCode` and `body`. */
  export type Action = (store: Store, data: Record<string, unknown>, done: Done<unknown>) => void;
  const action: Action;
  export default action;
}

declare module 'dynalite/actions/getItem.js' {
  export { default } from 'dynalite/actions/putItem.js';
}

declare module 'dynalite/actions/query.js' {
  export { default } from 'dynalite/actions/putItem.js';
}

declare module 'dynalite/actions/createTable.js' {
  export { default } from 'dynalite/actions/putItem.js';
}

declare module 'dynalite/db/conditionParser.js' {
  /** What a condition is read for: its names and values, and which of them no expression has used yet. */
  export interface Asked {
    readonly attrNames?: Readonly<Record<string, string>>;
    readonly attrVals?: Readonly<Record<string, object>>;
    readonly unusedAttrNames: Readonly<Record<string, true>>;
    readonly unusedAttrVals: Readonly<Record<string, true>>;
    readonly isReserved: (name: string) => boolean;
    readonly compare: (comparison: string, one: object, other: object) => boolean;
  }

  /** An operator or a function. Its arguments are paths (lists of their steps), values as the request has them, or nodes. */
  export interface ConditionNode {
    readonly type: string;
    readonly args: readonly unknown[];
  }

  export interface Condition {
    readonly expression: ConditionNode;
  }

  /** The validations call it as a method of this object. */
  export interface ConditionParser {
    /** @returns what the text says, or a sentence about what is wrong. @throws a SyntaxError of its own. */
    parse: (text: string, options: { readonly context: Asked }) => Condition | string;
  }
  const parser: ConditionParser;
  export default parser;
}
