import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobStore } from '../../core/jobs/store.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import { openTable, type OpenTable } from '../../local/table/open-table.ts';
import { machineLine, thisMachine } from '../machine.ts';
import { table as markdown } from '../markdown.ts';
import { median, share } from '../median.ts';
import { countingTable, type Spent } from './counting-table.ts';
import { fill, type Filled } from './fill.ts';

const SMALL = 100;
const LARGE = Number(process.argv[2] ?? 100_000);
const PAGE = 50;
/** How often each question is asked; of both histories in turn, so that other work on the machine slows both alike. */
const ROUNDS = 200;

const NOT_SHOWN = `What this does not show:
- DynamoDB's own times. The units are those that AWS bills, worked out by the embedded table from the sizes of the items.
- Histories with more than ${LARGE} jobs. What a page costs follows from the items on it, so it should not change.
- A history that does not fit into the memory of the machine: this one does.
- Timelines for every job: ${SMALL / 2} jobs of each history have one, of twelve events. Each is a partition of its own.`;

interface History {
  readonly jobs: JobStore;
  readonly filled: Filled;
  readonly spent: Spent;
  readonly table: OpenTable;
}

interface Question {
  readonly name: string;
  ask(history: History, round: number): Promise<unknown>;
}

/** What one question took in one history: calls and units of each time, and milliseconds. */
interface Took {
  readonly calls: number;
  readonly units: number;
  readonly median: number;
  readonly p95: number;
}

const QUESTIONS: readonly Question[] = [
  { name: 'a page of 50, overall', ask: ({ jobs }) => page(jobs.list({ by: 'all' }, { limit: PAGE })) },
  {
    name: 'a page of 50, by cluster',
    ask: ({ jobs, filled: { cluster } }) => page(jobs.list({ by: 'cluster', cluster }, { limit: PAGE })),
  },
  {
    name: 'a page of 50, by status',
    ask: ({ jobs }) => page(jobs.list({ by: 'status', status: 'FAILED' }, { limit: PAGE })),
  },
  {
    name: 'the timeline of one job',
    ask: ({ jobs, filled: { timelines } }, round) => jobs.timeline(timelines[round % timelines.length] ?? ''),
  },
];

const folder = mkdtempSync(join(tmpdir(), 'lifeboat-bench-'));
try {
  const [small, large] = [await open('small', SMALL), await open('large', LARGE)];
  const rows = [];
  for (const question of QUESTIONS)
    rows.push({ question: question.name, ...(await compare(question, small, large)) });
  await Promise.all([small.table.close(), large.table.close()]);
  report(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function open(name: string, count: number): Promise<History> {
  const table = await openTable({ home: join(folder, name) });
  const filled = await fill(table, count);
  const spent = { calls: 0, units: 0 };
  return { table, filled, spent, jobs: createJobStore(countingTable(table, spent)) };
}

/** A page is full, or the comparison is of different things. */
async function page(listed: ReturnType<JobStore['list']>): Promise<void> {
  const { length } = (await listed).jobs;
  if (length !== PAGE) throw new Error(`A page of ${length} jobs.`);
}

async function compare(question: Question, small: History, large: History) {
  const times: [number[], number[]] = [[], []];
  for (const { spent } of [small, large]) Object.assign(spent, { calls: 0, units: 0 });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [nth, history] of [small, large].entries()) {
      const begun = performance.now();
      await question.ask(history, round);
      times[nth]?.push(performance.now() - begun);
    }
  }
  const took = (nth: 0 | 1, { spent }: History): Took => ({
    calls: spent.calls / ROUNDS,
    units: spent.units / ROUNDS,
    median: median(times[nth]),
    p95: share(times[nth], 0.95),
  });
  const ratio = median(times[1].map((time, round) => time / (times[0][round] ?? NaN)));
  return { small: took(0, small), large: took(1, large), ratio };
}

function report(
  rows: readonly ({ readonly question: string } & Awaited<ReturnType<typeof compare>>)[],
): void {
  const machine = thisMachine();
  const results = { machine, small: SMALL, large: LARGE, rounds: ROUNDS, rows };
  writeFileSync(new URL('../results/history.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`History, on ${machineLine(machine)}\n`);
  console.log(
    markdown(
      [
        'question',
        `units, ${SMALL} jobs`,
        `${LARGE} jobs`,
        `median ms, ${SMALL} jobs`,
        `${LARGE} jobs`,
        'ratio',
        `p95 ms, ${SMALL} jobs`,
        `${LARGE} jobs`,
      ],
      rows.map(({ question, small, large, ratio }) => [
        question,
        small.units.toFixed(1),
        large.units.toFixed(1),
        small.median.toFixed(2),
        large.median.toFixed(2),
        ratio.toFixed(2),
        small.p95.toFixed(2),
        large.p95.toFixed(2),
      ]),
    ),
  );
  console.log(`\n${NOT_SHOWN}\n\nWritten to bench/results/history.json.`);
}
