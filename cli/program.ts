import { visibleLines } from '../core/visible-text.ts';
import { Command } from 'commander';
import { packageVersion } from '../local/package-files.ts';
import { addAtlas } from './define/atlas.ts';
import { addFreezing } from './define/freezing.ts';
import { addJobs } from './define/jobs.ts';
import { withExamples, type Host } from './define/host.ts';
import { addRunning } from './define/running.ts';
import { addTools } from './define/tools.ts';
import { refuseHidden } from './refuse-hidden.ts';
import { refuseRemote } from './refuse-remote.ts';

/** The options that every command has. */
export interface GlobalOptions {
  readonly home?: string;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  /** False with `--no-color`. */
  readonly color: boolean;
  readonly remote?: string;
  readonly aws?: boolean;
}

const EXIT_CODES = `
Exit codes:
  0    done
  1    the job failed, was cancelled or missed an objective; a plan that the
       guards would stop; a broken timeline; Atlas out of reach
  2    bad input or configuration; nothing was begun
  130  interrupted by Ctrl-C (143: by SIGTERM, 129: by SIGHUP);
       go on with: lifeboat jobs resume`;

const ENVIRONMENT = `
Environment:
  MONGODB_ATLAS_CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET
                               a service account, or:
  MONGODB_ATLAS_PUBLIC_KEY, MONGODB_ATLAS_PRIVATE_KEY
                               an API key
  MONGODB_ATLAS_BASE_URL       another Atlas than https://cloud.mongodb.com
  LIFEBOAT_HOME                folder of the history and the reports
  LIFEBOAT_RUNBOOKS            folder of the runbooks that "serve" keeps
  LIFEBOAT_TOKEN               what --remote proves itself with
  LIFEBOAT_POLICY              a file with what every job has to obey
  LIFEBOAT_PROTECTED_CLUSTERS  never overwritten, whatever a runbook says:
                               PROJECT/CLUSTER or PROJECT/*, with commas between
  LIFEBOAT_ALLOWED_PROJECTS    the only projects that may be overwritten: ids,
                               with commas between
  NO_COLOR                     no colours`;

/**
 * The whole command line. Each command's own code is loaded only when it runs, so that help is there at once.
 *
 * A fault in what was typed is thrown as commander's CommanderError, after it was written to standard error.
 */
export function createProgram(host: Host): Command {
  const program = new Command('lifeboat')
    .description(
      'Restores MongoDB Atlas on purpose: rehearses restores, performs them, and proves what they achieved.',
    )
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .option('--home <folder>', 'folder of the history and the reports; .lifeboat by default')
    .option('--quiet', 'print results and errors only')
    .option('--debug', 'print stack traces')
    .option('--no-color', 'print without colours')
    .option('--remote <url>', 'speak to the API there instead of this machine')
    .option('--aws', 'with --remote: sign for AWS, wherever the API seems to be')
    .hook('preAction', (_program, command) => {
      refuseHidden(command);
      refuseRemote(command);
    })
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      outputError: (text, write) => {
        write(visibleLines(inOurWords(text)));
      },
    })
    .showHelpAfterError('Next: Add --help to see how it is used, with examples.')
    .exitOverride();
  withExamples(program, [
    'lifeboat run drill.yaml --simulate   see a whole drill, no account needed',
    'lifeboat plan drill.yaml             what would happen in your Atlas',
    'lifeboat run drill.yaml              make it happen',
    'lifeboat jobs list                   what happened so far',
  ]);
  program.addHelpText('after', ENVIRONMENT).addHelpText('afterAll', EXIT_CODES);
  addRunning(program, host);
  addJobs(program, host);
  addFreezing(program, host);
  addAtlas(program, host);
  addTools(program, host);
  return program;
}

/** Commander's errors in the form of the others: `error: unknown option '--x'` begins small and has no full stop. */
function inOurWords(text: string): string {
  return text
    .replace(/^error: (.)/, (_, first: string) => `Error: ${first.toUpperCase()}`)
    .replace(/([^.])\n/, '$1.\n');
}
