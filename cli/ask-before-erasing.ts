import { readProjectNames } from '../core/facts/project-names.ts';
import { changedForGood } from '../core/runbooks/changed-for-good.ts';
import { clusterName, type ClusterRef } from '../core/runbooks/cluster.ts';
import { projectName, type ProjectNames } from '../core/runbooks/project.ts';
import type { Runbook } from '../core/runbooks/schema.ts';
import { KIND_TITLES, sourcesText } from '../core/runbooks/undertaking.ts';
import type { Cli } from './cli.ts';
import { confirm } from './confirm.ts';
import { UsageError } from './errors.ts';
import { factLines, type Fact } from './output/facts.ts';
import type { Session } from './session.ts';

/** How a run was asked for. */
export interface Consent {
  /** `--yes`: what is asked for is meant. */
  readonly yes?: boolean | undefined;
  /** A simulated Atlas of the run's own: nothing real is erased. */
  readonly simulate?: boolean | undefined;
}

/**
 * Refuses a run that nobody confirms: of a restore or a cutover, without a terminal to ask on and without `--yes`. Drills and campaigns
 * run unattended: their guards say what they may overwrite.
 *
 * @throws UsageError
 */
export function refuseUnconfirmed(
  runbook: Runbook,
  { yes = false, simulate = false }: Consent,
  cli: Cli,
): void {
  const unattended = runbook.kind === 'drill' || runbook.kind === 'campaign';
  const targets = changedForGood(runbook);
  if (yes || simulate || unattended || targets.length === 0 || isSomebodyThere(cli)) return;
  const what = runbook.kind === 'cutover' ? 'cuts over into' : 'erases';
  throw new UsageError(
    `${KIND_TITLES[runbook.kind]} ${runbook.name} ${what} ${targets.map(clusterName).join(', ')}, and there is no terminal to ask on.`,
    'Add --yes to run it all the same.',
  );
}

/**
 * Asks the person at the terminal before a run that changes clusters for good, and shows which clusters these are. Asks nothing where
 * `--yes` was given, where nothing real is changed, or where nobody is there: see {@link refuseUnconfirmed}.
 *
 * @param session the Atlas that is changed, to read the names of projects; absent for one behind an API.
 * @throws UsageError unless the person types yes.
 */
export async function askBeforeErasing(
  runbook: Runbook,
  { yes = false, simulate = false }: Consent,
  session: Pick<Session, 'atlas' | 'atlasUrl'> | undefined,
  cli: Cli,
): Promise<void> {
  const targets = changedForGood(runbook);
  if (yes || simulate || targets.length === 0 || !isSomebodyThere(cli)) return;
  const { err } = cli;
  const source = 'source' in runbook ? runbook.source : undefined;
  const ids = [...targets, ...(source === undefined ? [] : [source])].map(({ project }) => project);
  const names = session === undefined ? {} : await readProjectNames(ids, session.atlas);
  const where = session === undefined ? cli.remote?.url : session.atlasUrl;
  const facts = [
    ...factsOf(runbook, targets, names, cli),
    ...(where === undefined ? [] : [['Atlas', where] as const]),
  ];
  err.line(err.colors.bold(`${KIND_TITLES[runbook.kind]} ${runbook.name} is about to begin.`));
  err.line(['', ...factLines(facts, err.width, err.colors)].join('\n'));
  if (await confirm('\nType yes to begin:', process.stdin, err)) return;
  throw new UsageError(
    `${KIND_TITLES[runbook.kind]} ${runbook.name} was not confirmed, and was not begun.`,
    'Run it again and type the whole word yes, or add --yes.',
  );
}

function factsOf(
  runbook: Runbook,
  targets: readonly ClusterRef[],
  names: ProjectNames,
  { err }: Cli,
): Fact[] {
  const text = ({ project, cluster }: ClusterRef) =>
    `cluster ${err.colors.bold(cluster)} in project ${projectName({ id: project, name: names[project] })}`;
  const onto = targets.map(text).join('\n');
  if (runbook.kind === 'cutover') {
    return [
      ['Cuts over', `live migration ${runbook.migration}, which cannot be undone`],
      ['Into', onto],
    ];
  }
  if (runbook.kind === 'campaign') {
    return [
      ['Erases', onto],
      ['Drills', sourcesText(runbook)],
    ];
  }
  return [
    ['Erases', onto],
    ...('source' in runbook && runbook.source !== undefined
      ? [['Restores', text(runbook.source)] as const]
      : []),
  ];
}

function isSomebodyThere({ err }: Cli): boolean {
  return process.stdin.isTTY && err.stream.isTTY;
}
