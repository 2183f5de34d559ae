import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeHomeFile } from '../home-modes.ts';

/** Where the process that owns the history listens on 127.0.0.1, and the secret that it lets in. */
export interface TableCard {
  readonly pid: number;
  /** When the process began, as the system counts it; absent where it does not tell. Its number may be another's by now. */
  readonly startTime?: string;
  readonly port: number;
  readonly accessKeyId: string;
}

const CARD = 'table.json';

/** The card in a home; undefined when there is none, or none that can be read. It may be a dead process's. */
export async function readCard(home: string): Promise<TableCard | undefined> {
  try {
    const card: unknown = JSON.parse(await readFile(join(home, CARD), 'utf8'));
    return isCard(card) ? card : undefined;
  } catch {
    return undefined;
  }
}

/** Checked by hand: every command reads the card, and loading the library for schemas takes longer than the rest of it. */
function isCard(value: unknown): value is TableCard {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, startTime, port, accessKeyId } = value as Readonly<Record<string, unknown>>;
  const isNumber = (number: unknown, highest: number) =>
    Number.isSafeInteger(number) && Number(number) >= 1 && Number(number) <= highest;
  const hasKey = typeof accessKeyId === 'string' && accessKeyId !== '';
  const hasTime = startTime === undefined || typeof startTime === 'string';
  return isNumber(pid, Number.MAX_SAFE_INTEGER) && isNumber(port, 65_535) && hasKey && hasTime;
}

/** Puts up the card for other processes of the same user, or of the group that shares the home. Only for who holds the lock on the history. */
export async function writeCard(home: string, card: TableCard): Promise<void> {
  // Renamed into place, so that nobody reads half a card.
  const draft = join(home, `${CARD}.new`);
  await writeHomeFile(home, draft, JSON.stringify(card));
  await rename(draft, join(home, CARD));
}

/** Takes a card down, unless another one is there: the home may have been replaced. Only for who holds the lock on the history. */
export async function removeCard(home: string, { accessKeyId }: TableCard): Promise<void> {
  const there = await readCard(home);
  if (there?.accessKeyId === accessKeyId) await rm(join(home, CARD), { force: true });
}
