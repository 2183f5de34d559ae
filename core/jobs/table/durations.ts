import { ENOUGH_DURATIONS, type Duration } from '../../durations.ts';
import type { DurationStore, WorkClass } from '../durations-store.ts';
import { inBatches } from './batches.ts';
import { isIntact } from './checksum.ts';
import { absent, equal, IS_NEW, type Condition } from './condition.ts';
import {
  durationsIn,
  durationsItem,
  durationsKey,
  knownIn,
  withDurations,
  type NewDuration,
} from './duration-item.ts';
import type { Table } from './table.ts';
import type { Item } from './item.ts';
import { putItemIf, readUnchecked } from './write-item.ts';

/** How often a write that came second is done again. Who loses as often as this is let go: one duration more teaches little. */
const MAX_ROUNDS = 32;

/** What earlier work took: one small item for each class of work. */
export function durations(table: Table): DurationStore {
  // A thousand jobs that end at once in one process would otherwise try a thousand times each to write the same item.
  const learn = inBatches<NewDuration, boolean>();
  return {
    async durations(work) {
      const own = await read(table, work);
      if (own.length >= ENOUGH_DURATIONS || work.sizeClass === null) return { own };
      const [smaller, larger] = await Promise.all([
        work.sizeClass === 0 ? [] : read(table, { ...work, sizeClass: work.sizeClass - 1 }),
        read(table, { ...work, sizeClass: work.sizeClass + 1 }),
      ]);
      return { own, smaller, larger };
    },

    learnDuration(work, once, duration) {
      const { pk, sk } = durationsKey(work);
      return learn(`${pk} ${sk}`, { once, duration }, (added) => add(table, work, added));
    },
  };
}

async function read(table: Table, work: WorkClass): Promise<Duration[]> {
  return durationsIn(knownIn(await readLeniently(table, work)));
}

/** An item that is damaged holds nothing, and the next duration writes over it. */
async function readLeniently(table: Table, work: WorkClass): Promise<Item | undefined> {
  const item = await readUnchecked(table, durationsKey(work));
  return item === undefined || isIntact(item) ? item : { ...item, document: '[]' };
}

async function add(table: Table, work: WorkClass, added: readonly NewDuration[]): Promise<boolean> {
  let present = await readLeniently(table, work);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const known = knownIn(present);
    const next = withDurations(known, added);
    if (next === known) return true;
    const outcome = await putItemIf(table, durationsItem(work, next), isStill(present));
    if (outcome.written) return true;
    present = outcome.present;
  }
  return false;
}

/** Holds while nobody has written since `present` was read, also where its version is lost. */
function isStill(present: Item | undefined): Condition {
  if (present === undefined) return IS_NEW;
  return [[present.version === undefined ? absent('version') : equal('version', present.version)]];
}
