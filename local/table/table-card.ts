import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeHomeFile } from '../home-modes.ts';

const cardSchema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  accessKeyId: z.string().min(1),
});

/** Where the process that owns the history listens on 127.0.0.1, and the secret that it lets in. */
export type TableCard = Readonly<z.output<typeof cardSchema>>;

const CARD = 'table.json';

/** The card in a home; undefined when there is none, or none that can be read. It may be a dead process's. */
export async function readCard(home: string): Promise<TableCard | undefined> {
  try {
    return cardSchema.parse(JSON.parse(await readFile(join(home, CARD), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Puts up the card for other processes of the same user, or of the group that shares the home. Only for who holds the lock on the history. */
export async function writeCard(home: string, card: TableCard): Promise<void> {
  // Renamed into place, so that nobody reads half a card.
  const draft = join(home, `${CARD}.new`);
  await writeHomeFile(home, draft, JSON.stringify(card));
  await rename(draft, join(home, CARD));
}

/** Takes the card down. Only for who holds the lock on the history. */
export async function removeCard(home: string): Promise<void> {
  await rm(join(home, CARD), { force: true });
}
