import { jsonText } from '../../core/visible-text.ts';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { baseUrlFrom } from '../../core/atlas/credentials-from-environment.ts';
import type { Operation } from '../../core/atlas/operation.ts';
import { operationOf } from '../../core/atlas/resources.ts';
import { callOperation, type CallRequest } from '../../core/commands/atlas-operations.ts';
import { randomSeed } from '../../local/random-seed.ts';
import { startPractice } from '../../local/simulation.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { everyCheck, UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { parseData, readData } from '../input-files.ts';
import { listedValues, singleValues } from '../named-values.ts';
import { changeLines, pathOf } from '../output/change.ts';
import { noteIfSlow } from '../progress/note-if-slow.ts';
import { atlasChecks, atlasSession, sessionWith } from '../session.ts';

/** Options of `atlas call`. */
export interface CallOptions {
  /** `name=value` each. */
  readonly set?: readonly string[];
  /** `name=value` each. */
  readonly query?: readonly string[];
  readonly body?: string;
  readonly yes?: boolean;
  readonly simulate?: boolean;
  readonly seed?: number;
}

const linksSchema = z.array(z.object({ rel: z.string(), href: z.string() }));

/** Stands for standard input where a file is named. */
const STDIN = '-';

/** Calls one operation and prints its reply. Everything is read and checked before anything is asked or sent. */
export async function callAtlas(cli: Cli, operationId: string, options: CallOptions): Promise<number> {
  const { simulate = false, seed = randomSeed() } = options;
  const { operation, ...request } = await everyCheck({
    operation: () => operationOf(operationId),
    path: () => singleValues('--set', options.set),
    query: () => listedValues('--query', options.query),
    body: () => readBody(options.body),
    ...(!simulate && atlasChecks(cli, undefined)),
  });
  const session = simulate ? sessionWith(await startPractice(seed)) : await atlasSession(cli, {});
  const beforeSending = async () => {
    if (operation.effect === 'change') await askFirst(operation, request, cli, options);
  };
  try {
    const atlas = checkedClient(session.atlas, beforeSending, cli);
    print(await callOperation(atlas, operationId, request), cli);
    return EXIT.done;
  } finally {
    await session.close();
  }
}

async function readBody(file: string | undefined): Promise<unknown> {
  return file === STDIN ? parseData('body file', file, await text(process.stdin)) : readData('body', file);
}

/** A client that is called only once the parameters have been checked, and does something more before it sends. */
function checkedClient(atlas: AtlasClient, beforeSending: () => Promise<void>, cli: Cli): AtlasClient {
  return {
    ...atlas,
    async call(...call) {
      await beforeSending();
      return noteIfSlow(atlas.call(...call), 'Waiting for Atlas …', cli);
    },
  };
}

/**
 * Lets a change pass when it was asked for with --yes, or when a person says so.
 *
 * @throws UsageError when it may not pass.
 */
async function askFirst(
  operation: Operation,
  request: CallRequest,
  { err, env }: Cli,
  { yes = false, body, simulate = false }: CallOptions,
): Promise<void> {
  if (yes) return;
  const what = `${operation.operationId} changes something in Atlas`;
  const somebodyThere = process.stdin.isTTY && err.stream.isTTY && body !== STDIN;
  if (!somebodyThere) {
    throw new UsageError(
      `${what} (${operation.method} ${pathOf(operation, request)}), and there is nobody to ask.`,
      'Its parameters are right: add --yes to send it.',
    );
  }
  const where = simulate ? 'a simulated Atlas, made for this once' : new URL(baseUrlFrom(env)).host;
  err.line(changeLines(operation, request, where, err.width, err.colors).join('\n'));
  if (await confirm('\nType yes to send it:', process.stdin, err)) return;
  throw new UsageError(`${what} and was not sent.`, 'Run it again and type the whole word yes to send it.');
}

function print(reply: unknown, { out, err, quiet }: Cli): void {
  if (reply !== undefined) out.line(jsonText(reply, 2));
  if (quiet) return;
  if (reply === undefined) err.line('Done. Atlas answered without a body.');
  const next = nextPage(reply);
  if (next !== undefined) err.line(`There are more. The next page: --query pageNum=${next}`);
}

/** The number of the page that follows, when a reply is a page of a list and says that there is one. */
function nextPage(reply: unknown): string | undefined {
  if (typeof reply !== 'object' || reply === null || !('links' in reply)) return undefined;
  const { data: links = [] } = linksSchema.safeParse(reply.links);
  const href = links.find(({ rel }) => rel === 'next')?.href ?? '';
  return /[?&]pageNum=(\d+)/.exec(href)?.[1];
}
