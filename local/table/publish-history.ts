import { open, rename, rm } from 'node:fs/promises';
import Sqlite from 'libsql';
import type { Item } from '../../core/jobs/table/item.ts';
import { writeHomeFile } from '../home-modes.ts';
import { historyPath } from './check-history.ts';
import { SCHEMA } from './sqlite-schema.ts';
import { valuesOf } from './sqlite-table.ts';

/** Writes a whole history beside the place where it belongs, and puts it there at once. */
export async function publishHistory(home: string, id: string, items: readonly Item[]): Promise<void> {
  const draft = `${historyPath(home)}.new`;
  await rm(draft, { force: true });
  await writeHomeFile(home, draft, '');
  const database = new Sqlite(draft);
  // Statements that were prepared would keep the file open until memory is cleared up, and `exec` prepares none that stay.
  database.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; BEGIN; ${SCHEMA}`);
  for (const item of items) {
    database.exec(`INSERT INTO items VALUES (${valuesOf(item).map(literal).join(', ')})`);
  }
  database.exec(`INSERT INTO history VALUES (${literal(id)}, ${items.length}, ${items.length}); COMMIT`);
  database.exec('PRAGMA journal_mode = WAL');
  database.close();
  await rename(draft, historyPath(home));
  const folder = await open(home);
  await folder.sync();
  await folder.close();
}

function literal(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}
