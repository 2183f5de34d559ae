import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/benchmarks.md');
const { scripts } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The rows of the table under a heading, cell by cell. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function results(name: string): unknown {
  return JSON.parse(read(`bench/results/${name}.json`));
}

describe('docs/benchmarks.md', () => {
  it('names every benchmark there is', () => {
    const named = new Set(page.match(/bench:[a-z]+/g));
    expect([...named].sort()).toEqual(
      Object.keys(scripts)
        .filter((name) => name.startsWith('bench:'))
        .sort(),
    );
  });

  it('has the figures of the drills', () => {
    interface Run extends Record<
      'drills' | 'wallSeconds' | 'waitSeconds' | 'processorSeconds' | 'peakMegabytes',
      number
    > {
      readonly writesPerJob: number;
    }
    const { runs } = results('drills') as { readonly runs: readonly Run[] };
    expect(rowsUnder('Drills at once')).toEqual(
      runs.map((run) => [
        String(run.drills),
        (run.wallSeconds / run.waitSeconds).toFixed(1),
        ((run.processorSeconds / run.drills) * 1000).toFixed(0),
        run.peakMegabytes.toFixed(0),
        run.writesPerJob.toFixed(0),
      ]),
    );
  });

  it('has the figures of the history', () => {
    interface Row {
      readonly question: string;
      readonly small: { readonly units: number };
      readonly large: { readonly units: number };
      readonly ratio: number;
    }
    const { rows } = results('history') as { readonly rows: readonly Row[] };
    expect(rowsUnder('A long history')).toEqual(
      rows.map(({ question, small, large, ratio }) => [
        question,
        small.units.toFixed(1),
        large.units.toFixed(1),
        ratio.toFixed(2),
      ]),
    );
  });

  it('has the figures of the start', () => {
    interface Row {
      readonly what: string;
      readonly overNode: number;
    }
    const { rows } = results('start') as { readonly rows: readonly Row[] };
    expect(rowsUnder('Starting')).toEqual(rows.map(({ what, overNode }) => [what, overNode.toFixed(1)]));
  });

  it('has the figures of the client', () => {
    interface Row {
      readonly call: string;
      readonly client: string;
      readonly overFirst: number;
      readonly requests: number;
      readonly heapBytes: number;
    }
    const { rows } = results('client') as { readonly rows: readonly Row[] };
    expect(rowsUnder('The Atlas client')).toEqual(
      rows.map(({ call, client, overFirst, requests, heapBytes }) => [
        `${call}: ${client}`,
        overFirst.toFixed(2),
        requests.toFixed(0),
        (heapBytes / 1000).toFixed(0),
      ]),
    );
  });
});
