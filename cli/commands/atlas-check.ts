import { jsonText } from '../../core/visible-text.ts';
import { checkAccess } from '../../core/commands/check-access.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { randomSeed } from '../../local/random-seed.ts';
import { startPractice } from '../../local/simulation.ts';
import type { Cli } from '../cli.ts';
import { everyCheck } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { besideOf, readInput } from '../input-files.ts';
import { accessLines } from '../output/access-table.ts';
import { noteIfSlow } from '../progress/note-if-slow.ts';
import { atlasChecks, atlasSession, sessionWith } from '../session.ts';

/** Options of `atlas check`. */
export interface CheckOptions {
  readonly simulate?: boolean;
  readonly json?: boolean;
}

/** Tells which operations a runbook needs, and which of them the credentials may use. Changes nothing. */
export async function checkRunbook(cli: Cli, file: string, options: CheckOptions): Promise<number> {
  const { simulate = false, json = false } = options;
  const { runbook } = await everyCheck({
    runbook: async () => parseRunbook(await readInput('runbook', file), file, besideOf(file)),
    ...(!simulate && atlasChecks(cli, undefined)),
  });
  const session = simulate ? sessionWith(await startPractice(randomSeed())) : await atlasSession(cli, {});
  try {
    const found = await noteIfSlow(checkAccess(runbook, session.atlas), 'Waiting for Atlas …', cli);
    const { out } = cli;
    out.line(json ? jsonText(found, 2) : accessLines(found, out.width, out.colors).join('\n'));
    return found.some(({ access }) => access === 'refused') ? EXIT.failed : EXIT.done;
  } finally {
    await session.close();
  }
}
