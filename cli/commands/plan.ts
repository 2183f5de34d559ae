import { jsonText } from '../../core/visible-text.ts';
import { planJob, type Plan } from '../../core/commands/plan-job.ts';
import { existsSync } from 'node:fs';
import { standingFreeze, type Freeze } from '../../core/jobs/freeze.ts';
import { openHistory } from '../../local/history.ts';
import { policyFrom } from '../../local/policy.ts';
import { randomSeed } from '../../local/random-seed.ts';
import { startPractice } from '../../local/simulation.ts';
import type { Cli, Remote } from '../cli.ts';
import { everyCheck } from '../errors.ts';
import { refuseThere } from '../refuse-remote.ts';
import { EXIT } from '../exit-codes.ts';
import { planLines } from '../output/plan.ts';
import { fileWord, shellWord } from '../output/shell-word.ts';
import { noteIfSlow } from '../progress/note-if-slow.ts';
import { readRunbook } from '../read-runbook.ts';
import { reachRemote } from '../reach-remote.ts';
import { atlasChecks, atlasSession, sessionWith } from '../session.ts';

/** Options of `plan`. */
export interface PlanOptions {
  readonly simulate?: boolean;
  readonly seed?: number;
  readonly json?: boolean;
}

/** Says what a run of a runbook would do. Writes nothing, not even to the history. */
export async function plan(cli: Cli, file: string, options: PlanOptions): Promise<number> {
  if (cli.remote !== undefined) return planThere(cli.remote, cli, file, options);
  const { simulate = false, seed = randomSeed() } = options;
  const reading = policyFrom(cli.env);
  const { local, written } = await everyCheck({
    local: () => reading,
    written: async () => readRunbook(file, await reading.catch(() => undefined)),
    ...(!simulate && atlasChecks(cli, undefined)),
  });
  const session = simulate ? sessionWith(await startPractice(seed)) : await atlasSession(cli, {});
  try {
    const made = await noteIfSlow(
      planJob(
        { ...written, policy: local.policy, freeze: await freezeIn(cli.home), seed },
        session.atlas,
        session.clock,
      ),
      'Waiting for Atlas …',
      cli,
    );
    print(cli, made, `${fileWord(file)}${simulate ? ' --simulate' : ''}`, options);
    return made.ok ? EXIT.done : EXIT.failed;
  } finally {
    await session.close();
  }
}

/** The freeze that stands in a history; a home that has none yet is not made for it. */
async function freezeIn(home: string): Promise<Freeze | undefined> {
  if (!existsSync(home)) return undefined;
  const history = await openHistory(home);
  try {
    return standingFreeze(await history.jobs.freezes());
  } finally {
    await history.close();
  }
}

async function planThere(remote: Remote, cli: Cli, file: string, options: PlanOptions): Promise<number> {
  const { requestOfFile } = await import('../remote/request-of-file.ts');
  refuseThere({ '--simulate': options.simulate });
  const { request } = await requestOfFile(file, options.seed);
  const api = await reachRemote(remote, cli);
  const made = await noteIfSlow(api.plan(request), 'Waiting for Atlas …', cli);
  print(cli, made, `${fileWord(file)} --remote ${shellWord(remote.url)}`, options);
  return made.ok ? EXIT.done : EXIT.failed;
}

function print({ out }: Cli, made: Plan, typed: string, { json = false }: PlanOptions): void {
  out.line(json ? jsonText(made, 2) : planLines(made, typed, out.width, out.colors).join('\n'));
}
