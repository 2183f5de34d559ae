import { PRICES } from '../../infra/prices.ts';
import { looks, lookingStates, type Counts } from './counts.ts';
import type { DeployedDrill } from './deployed.ts';
import { billOf, naiveBillOf, type Bill } from './dollars.ts';
import type { HourRestore } from './hour.ts';

/** The counts and the bill of a drill, deployed and embedded. */
export function drillTable({ deployed, embedded }: DeployedDrill): string {
  return table(
    ['', 'deployed', 'embedded'],
    rows([deployed, embedded], [billOf(deployed), billOf(embedded)]),
  );
}

/** The counts and the bills of a restore of an hour. */
export function restoreTable({ naive, first, learnt }: HourRestore, middle: Counts): string {
  const counts = [naive, first, middle];
  const bills = [naiveBillOf(naive), billOf(first), billOf(middle)];
  const [loop = bills[0]] = bills;
  const transitions = learnt.map((one) => one.transitions);
  return [
    table(
      ['', 'loop of 30 s', 'Lifeboat, first time', 'Lifeboat, learnt'],
      [
        ...rows(counts, bills),
        ['dollars, of those of the loop', ...bills.map(({ total }) => share(total, loop?.total))],
        [
          'transitions to wait and look, of those of the loop',
          ...counts.map((one) => share(lookingStates(one.entered), lookingStates(naive.entered))),
        ],
      ],
    ),
    '',
    `Goal: a tenth of what the loop costs. ${billOf(middle).total <= naiveBillOf(naive).total / 10 ? 'Met' : 'Missed'}: a job that has learnt costs ${share(billOf(middle).total, loop?.total)}, of which the ${middle.transitions - lookingStates(middle.entered)} transitions beside the waiting are ${share((middle.transitions - lookingStates(middle.entered)) * PRICES.transition, loop?.total)}.`,
    `"Learnt" is the median of ${learnt.length} runs after 30 earlier restores each; transitions from ${Math.min(...transitions)} to ${Math.max(...transitions)}.`,
  ].join('\n');
}

function rows(counts: readonly Counts[], bills: readonly Bill[]): string[][] {
  const counted = (name: string, value: (one: Counts) => number) => [
    name,
    ...counts.map((one) => String(value(one))),
  ];
  const dollars = (name: string, part: keyof Bill) => [name, ...bills.map((bill) => bill[part].toFixed(6))];
  return [
    counted('state transitions', (one) => one.transitions),
    counted('- of them to wait for the restore and look', (one) => lookingStates(one.entered)),
    counted('looks at the restore', (one) => looks(one.entered)),
    counted('calls of functions by the workflow', (one) => one.taskCalls),
    counted('calls of other functions', (one) => one.otherCalls),
    counted('milliseconds of all handlers, on this machine', (one) => Math.round(one.handlerMilliseconds)),
    counted('requests to Atlas', (one) => one.atlasCalls),
    counted('read units of the table', (one) => one.table.reads),
    counted('write units of the table', (one) => one.table.writes),
    counted('- of them by its indexes', (one) => one.table.indexWrites),
    dollars('dollars for transitions', 'transitions'),
    dollars('dollars for functions (time assumed)', 'functions'),
    dollars('dollars for the table', 'table'),
    dollars('dollars in all', 'total'),
  ];
}

function share(part: number, whole: number | undefined): string {
  return whole === undefined ? '' : `${((part / whole) * 100).toFixed(0)} %`;
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((cell, nth) => Math.max(cell.length, ...body.map((row) => row[nth]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, nth) => (nth === 0 ? cell.padEnd(widths[nth] ?? 0) : cell.padStart(widths[nth] ?? 0)))
      .join('  ');
  return [head, ...body].map(line).join('\n');
}
