import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machineLine, thisMachine } from '../machine.ts';
import { table } from '../markdown.ts';
import { median } from '../median.ts';
import type { Contest } from './contend.ts';
import { CONTENDERS, type Call } from './contenders.ts';
import { recordReplies } from './replies.ts';

/** All clients take their turn in each round, so that other work on the machine slows each alike. */
const ROUNDS = 3;
const CALLS: readonly Call[] = ['cluster', 'snapshots', 'restoreJob'];
/** Room for what is allocated, so that nothing is collected while it is weighed. */
const ROOM = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
const [FIRST = ''] = Object.keys(CONTENDERS);

const NOT_SHOWN = `What this does not show:
- Atlas: it answers in some hundred milliseconds and lets through a few hundred requests a minute, so no client is what one waits for.
- TLS, and a network that loses something.
- What a call is worth: Lifeboat checks every reply against a schema, keeps to the rate limits and repeats what may be repeated;
  mongodb-atlas-api-client hands on what came, errors included, and signs in anew for each call; undici alone does neither.
- Rates under nothing but this load: other work on the machine lowers them; the processor time of a call hardly grows by it.
- Memory that is held: what is counted is what a call allocates, nearly all of which is garbage once it is over.`;

interface Row extends Contest {
  readonly call: Call;
  readonly client: string;
  /** The processor time of a call over that of Lifeboat with a service account, round by round. */
  readonly overFirst: number;
}

const server = start('server.ts', []);
server.send(await recordReplies());
const [port] = (await once(server, 'message')) as [number];
try {
  const rows: Row[] = [];
  for (const call of CALLS) rows.push(...(await compare(call, `http://127.0.0.1:${port}`)));
  report(rows);
} finally {
  server.disconnect();
}

async function compare(call: Call, baseUrl: string): Promise<Row[]> {
  const rounds: Map<string, Contest>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const contests = new Map<string, Contest>();
    for (const name of Object.keys(CONTENDERS)) contests.set(name, await contest(name, baseUrl, call));
    rounds.push(contests);
  }
  return Object.keys(CONTENDERS).map((client) => {
    const of = (key: keyof Contest) => median(rounds.map((round) => round.get(client)?.[key] ?? NaN));
    const ratios = rounds.map((round) => {
      const of = (name: string) => round.get(name)?.processorMilliseconds ?? NaN;
      return of(client) / of(FIRST);
    });
    return {
      ...{ call, client, alone: of('alone'), atOnce: of('atOnce'), requests: of('requests') },
      processorMilliseconds: of('processorMilliseconds'),
      ...{ heapBytes: of('heapBytes'), overFirst: median(ratios) },
    };
  });
}

async function contest(name: string, baseUrl: string, call: Call): Promise<Contest> {
  const child = start('contend.ts', [name, baseUrl, call], ROOM);
  const ended = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  await ended;
  if (told === undefined) throw new Error(`${name} did not get through.`);
  return (told as [Contest])[0];
}

function start(file: string, args: readonly string[], options: readonly string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return fork(path, args, { execArgv: ['--import', 'tsx', ...options] });
}

function report(rows: readonly Row[]): void {
  const machine = thisMachine();
  const results = { machine, rounds: ROUNDS, rows };
  writeFileSync(new URL('../results/client.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`The Atlas client, on ${machineLine(machine)}\n`);
  for (const call of CALLS) {
    console.log(`### ${call}\n`);
    console.log(
      table(
        [
          'client',
          'processor ms a call',
          'over the first',
          'calls/s',
          '20 at once',
          'requests a call',
          'heap KB a call',
        ],
        rows
          .filter((row) => row.call === call)
          .map((row) => [
            row.client,
            row.processorMilliseconds.toFixed(2),
            row.overFirst.toFixed(2),
            row.alone.toFixed(0),
            row.atOnce.toFixed(0),
            row.requests.toFixed(2),
            (row.heapBytes / 1000).toFixed(1),
          ]),
      ),
    );
    console.log();
  }
  console.log(`${NOT_SHOWN}\n\nWritten to bench/results/client.json.`);
}
