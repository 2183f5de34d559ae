import type { Table } from '../../../core/jobs/table/table.ts';
import type { TimelineEvent } from '../../../core/jobs/timeline.ts';
import type { Report } from '../../../core/report/report.ts';
import type { TaskContext } from '../../../core/tasks/context.ts';
import type { Incoming } from '../../../simulator/api.ts';
import type { Answer } from '../../../simulator/door.ts';
import type { PracticeAtlas } from '../../../simulator/practice-atlas.ts';
import type { MemoryTable } from '../../support/memory-table.ts';
import type { VirtualTime } from '../../simulation/virtual-time.ts';

/** A part of Lifeboat that is broken on purpose, to see that it is noticed. */
export interface Mutant {
  readonly table?: (table: Table) => Table;
  readonly context?: (context: TaskContext) => TaskContext;
}

/** What processes stand on, and what outlives them. */
export interface Ground {
  readonly time: VirtualTime;
  readonly table: MemoryTable;
  readonly atlas: PracticeAtlas;
  readonly baseUrl: string;
  readonly reports: Map<string, Report>;
  /** What `append` gave back to somebody. */
  readonly acknowledged: TimelineEvent[];
  /** Counts effects; a job that has too many never ends. */
  readonly meter: { effects: number; onOverrun: () => void };
  /** The tasks that were delivered. */
  readonly delivered: Set<string>;
  readonly mutant: Mutant;
  /** Brings a request to Atlas. */
  answer(incoming: Incoming, operation: string, asker?: Asker): Promise<Answer>;
}

/** Who asks Atlas, and when by their clock. */
export interface Asker {
  /** Of the job. */
  readonly by: string | undefined;
  readonly asked: string;
}
