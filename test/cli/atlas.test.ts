import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { textWidth } from '../../cli/output/wrap.ts';
import { listOperations } from '../../core/commands/atlas-operations.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import { PRACTICE_IDS } from '../../simulator/practice-ids.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { json, startServer } from '../core/atlas/server.ts';
import { environmentOf, lifeboat, temporaryFolder } from './lifeboat.ts';

const { productionId, drillsId } = PRACTICE_IDS;
const IN_DRILLS = ['--set', `groupId=${drillsId}`];
const ORDERS = ['--set', `groupId=${productionId}`, '--set', 'clusterName=orders'];
const DRILL = 'examples/drill-with-steps.yaml';

/** A simulator of its own, and the environment that leads to it. */
async function simulator(faults: readonly unknown[] = []) {
  const clock = scaledClock(600, Date.now());
  const atlas = await startSimulator({ clock, seed: 7, speed: 600, faults });
  onTestFinished(() => atlas.close());
  return { atlas, env: environmentOf({ baseUrl: atlas.baseUrl, ...atlas.credentials }) };
}

/** What Atlas was asked; what time it is in a simulator is no question to Atlas. */
function asked(atlas: Simulator): string[] {
  const operations = atlas.requests().map(({ operation }) => operation);
  return operations.filter((operation) => operation !== 'simulatorClock');
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map(textWidth));
}

describe('atlas list', () => {
  it('names every operation with its effect, its role and its page, in 80 columns and without credentials', async () => {
    const [table, document] = await Promise.all([
      lifeboat(['atlas', 'list']),
      lifeboat(['atlas', 'list', '--json']),
    ]);
    const all = listOperations();
    expect(document).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(document.stdout)).toEqual(all);
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(widest(table.stdout)).toBeLessThanOrEqual(80);
    for (const { operationId, effect } of all) {
      expect(table.stdout).toMatch(new RegExp(`^${operationId} +${effect} +\\w`, 'm'));
    }
    expect(table.stdout).toMatch(
      /^createClusterFtsIndex +change +Project Search Index Editor\n {2}deprecated: create-one-atlas-search-index-deprecated\n/m,
    );
    expect(table.stdout).toMatch(/^cancelBackup.* Recovery Operator or\n +Project Backup Export Operator\n/m);
  });
});

describe('atlas call', () => {
  it('prints the reply of a read as JSON, one page of a list, and says that there are more', async () => {
    const { env } = await simulator();
    const args = ['atlas', 'call', 'listBackupSnapshots', ...ORDERS, '--query', 'itemsPerPage=2'];
    const ran = await lifeboat(args, env);
    expect(ran).toMatchObject({ code: 0 });
    const page = JSON.parse(ran.stdout) as { results: unknown[]; totalCount: number };
    expect(page.results).toHaveLength(2);
    expect(page.totalCount).toBeGreaterThan(2);
    expect(ran.stderr).toBe('There are more. The next page: --query pageNum=2\n');
  });

  it('tells all that is wrong with what was typed and set, at once', async () => {
    const args = ['--set', 'groupId', '--query', '=1', '--query', 'status=OPEN', '--body', 'nowhere.yaml'];
    const ran = await lifeboat(['atlas', 'call', 'listalerts', ...args]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    for (const said of [
      'no operation has this name, but one like it: listAlerts',
      '--set takes name=value, not "groupId".',
      '--query takes name=value, not "=1".',
      'The body file nowhere.yaml cannot be read: it does not exist.',
      'Set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET',
    ]) {
      expect(ran.stderr).toContain(said);
    }
  });

  it('tells all that is wrong with the parameters at once, and sends nothing, not even a sign-in', async () => {
    const { atlas, env } = await simulator();
    const body = join(await temporaryFolder(), 'body.yaml');
    await writeFile(body, 'grantType: EVERYTHING\n');
    const args = ['--set', 'groupId=prod', '--query', 'nope=1', '--body', body, '--yes'];
    const ran = await lifeboat(['atlas', 'call', 'grantMongoEmployeeAccess', ...args], env);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    for (const said of ['groupId: ', 'clusterName: is missing', 'body.expirationTime: ', '"nope"']) {
      expect(ran.stderr).toContain(said);
    }
    expect(asked(atlas)).toEqual([]);
  });

  it('refuses a change that nobody can be asked about, and sends it with --yes', async () => {
    const { atlas, env } = await simulator();
    const args = ['atlas', 'call', 'enableManagedSlowMs', ...IN_DRILLS];
    const refused = await lifeboat(args, env);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(`POST /api/atlas/v2/groups/${drillsId}/managedSlowMs/enable`);
    expect(refused.stderr).toContain('add --yes to send it');
    expect(asked(atlas)).toEqual([]);
    const sent = await lifeboat([...args, '--yes'], env);
    // Nothing comes back, so nothing is printed where results go.
    expect(sent).toMatchObject({ code: 0, stdout: '', stderr: 'Done. Atlas answered without a body.\n' });
    expect(atlas.changes().map(({ operation }) => operation)).toEqual(['enableManagedSlowMs']);
  });

  it('takes a body in YAML from stdin', async () => {
    const { env } = await simulator();
    const args = ['atlas', 'call', 'takeSnapshots', ...ORDERS, '--yes', '--body', '-'];
    const ran = await lifeboat(args, env, 'retentionInDays: 3\ndescription: by hand\n');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ description: 'by hand', status: 'queued' });
  });

  it('prints links of downloads as they came, and nowhere else', async () => {
    const deliveryUrl = ['https://files.example.com/orders.tar.gz?token=secret'];
    const server = await startServer((_, response) => {
      json(response, 200, { id: drillsId, deliveryUrl });
    });
    const env = environmentOf({ baseUrl: server.baseUrl, clientId: 'mdb_sa_id_x', clientSecret: 'y' });
    const args = ['atlas', 'call', 'getBackupRestoreJob', ...ORDERS, '--set', `restoreJobId=${drillsId}`];
    const ran = await lifeboat([...args, '--debug'], env);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toEqual({ id: drillsId, deliveryUrl });
  });

  it('exits with 1 and names the role when Atlas refuses', async () => {
    const fault = { operation: 'listAlerts', status: 403, errorCode: 'USER_UNAUTHORIZED' };
    const { env } = await simulator([fault]);
    const ran = await lifeboat(['atlas', 'call', 'listAlerts', ...IN_DRILLS], env);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^Error: Atlas answered 403 USER_UNAUTHORIZED to listAlerts/);
    expect(ran.stderr).toContain('Project Read Only');
  });

  it('can be practised without credentials, and the seed brings the same ids again', async () => {
    const args = ['atlas', 'call', 'listBackupSnapshots', ...ORDERS, '--simulate', '--seed', '3'];
    const runs = await Promise.all([lifeboat(args), lifeboat(args)]);
    const [one, other] = runs.map(({ stdout }) => {
      const { results } = JSON.parse(stdout) as { results: { id: string }[] };
      return results.slice(-3).map(({ id }) => id);
    });
    expect(one).toHaveLength(3);
    expect(one).toEqual(other);
  });
});

/** The program that runs another one on a terminal of its own. */
const ON_TERMINAL = 'script';
const hasScript = spawnSync(ON_TERMINAL, ['--version'], { encoding: 'utf8' }).status === 0;

describe.skipIf(!hasScript)('atlas call on a terminal', () => {
  it.each([
    ['yes', 0, 1],
    ['y', 2, 0],
  ])('shows a change, asks, and takes "%s" for an answer', async (answer, code, changes) => {
    const { atlas, env } = await simulator();
    const typed = `stty cols 80; node --import tsx cli/main.ts --no-color atlas call enableManagedSlowMs ${IN_DRILLS.join(' ')}`;
    const child = spawn(ON_TERMINAL, ['-qec', typed, '/dev/null'], { env: { ...process.env, ...env } });
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (seen.endsWith('Type yes to send it: ')) child.stdin.end(`${answer}\n`);
    });
    const [status] = (await once(child, 'close')) as [number];
    expect(seen).toContain('enableManagedSlowMs changes something in Atlas.');
    expect(seen).toContain(`POST /api/atlas/v2/groups/${drillsId}/managedSlowMs/enable`);
    expect(seen).toContain(new URL(atlas.baseUrl).host);
    expect(seen).toContain('Project Owner');
    expect(status).toBe(code);
    expect(atlas.changes()).toHaveLength(changes);
  });
});

describe('atlas check', () => {
  it('tells what a runbook needs, what may be used and which role a change takes', async () => {
    const { atlas, env } = await simulator();
    const ran = await lifeboat(['atlas', 'check', DRILL], env);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(widest(ran.stdout)).toBeLessThanOrEqual(80);
    expect(ran.stdout).toMatch(
      new RegExp(
        `^listProcessDisks +read +✓ allowed +Project Read Only\n  for ready/room on the disks, in project ${drillsId}\n`,
        'm',
      ),
    );
    expect(ran.stdout).toMatch(/^pinFeatureCompatibilityVersion +change +· not tried +Project Owner\n/m);
    expect(ran.stdout).toMatch(/\n\n\d+ allowed, 1 unknown, 5 not tried: /);
    expect(atlas.changes()).toEqual([]);
  });

  it('exits with 1 when an operation is refused, and says what is missing', async () => {
    const fault = { operation: 'listDatabaseUsers', status: 403, errorCode: 'USER_UNAUTHORIZED' };
    const { env } = await simulator([fault]);
    const [table, document] = await Promise.all([
      lifeboat(['atlas', 'check', DRILL], env),
      lifeboat(['atlas', 'check', DRILL, '--json'], env),
    ]);
    expect(table.code).toBe(1);
    expect(table.stdout).toMatch(
      /^listDatabaseUsers +read +✗ refused +Project Read Only\n.*\n {2}Atlas answered 403/m,
    );
    expect(document).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(document.stdout)).toContainEqual(
      expect.objectContaining({
        operationId: 'listDatabaseUsers',
        access: 'refused',
        neededBy: ['verify/same database users'],
      }),
    );
  });

  it('tells of mistakes in the runbook and of missing credentials at once', async () => {
    const runbook = join(await temporaryFolder(), 'bad.yaml');
    await writeFile(runbook, 'version: 2\n');
    const ran = await lifeboat(['atlas', 'check', runbook]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(`${runbook}:1:10: version: `);
    expect(ran.stderr).toContain('MONGODB_ATLAS_CLIENT_ID');
  });
});

it('shells complete the names of operations', async () => {
  const { stdout } = await lifeboat(['completion', 'bash']);
  const words = /'atlas call'\) words='([^']*)'/.exec(stdout)?.[1]?.split(' ');
  expect(words).toEqual(expect.arrayContaining(['listAlerts', 'takeSnapshots', '--set', '--yes']));
});
