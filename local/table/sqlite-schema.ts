import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';

/** In the header of the file, so that the database of another program is not taken for a history. "LbHi". */
export const APPLICATION_ID = 0x4c624869;

/** The version of the file's shape, in its header. */
export const SCHEMA_VERSION = 1;

const { partitionKey, sortKey, indexes, indexSortKey, projectedAttributes } = TABLE_SHAPE;

/** The attributes that the file's indexes need beside the item, as columns of their own. */
export const INDEXED_ATTRIBUTES: readonly string[] = [
  ...indexes.map((index) => index.partitionKey),
  indexSortKey,
  ...projectedAttributes,
];

/**
 * The history's table. An item is JSON text; what an index of DynamoDB would hold of it stands in columns. `history` has one
 * row: which history it is, how many writes it took, and how many items of an older home it began with.
 */
export const SCHEMA = [
  `CREATE TABLE items (
    ${partitionKey} TEXT NOT NULL, ${sortKey} TEXT NOT NULL, item TEXT NOT NULL,
    ${INDEXED_ATTRIBUTES.map((name) => `${name} TEXT`).join(', ')},
    PRIMARY KEY (${partitionKey}, ${sortKey})
  ) STRICT`,
  ...indexes.map(
    ({ name, partitionKey: column }) =>
      `CREATE INDEX "${name}" ON items (${column}, ${indexSortKey}) WHERE ${column} IS NOT NULL`,
  ),
  'CREATE TABLE history (id TEXT NOT NULL, written INTEGER NOT NULL, imported INTEGER NOT NULL) STRICT',
  `PRAGMA application_id = ${APPLICATION_ID}`,
  `PRAGMA user_version = ${SCHEMA_VERSION}`,
].join(';\n');
