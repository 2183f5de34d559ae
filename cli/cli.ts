import type { Output } from './terminal.ts';

/** An API that is spoken to instead of the engine of this machine. */
export interface Remote {
  readonly url: string;
  /** Whether requests are to be signed for AWS, wherever the API seems to be. */
  readonly aws: boolean;
}

/** What every command is handed: where to write, and what holds for all commands. */
export interface Cli {
  /** Results. */
  readonly out: Output;
  /** Progress and errors. */
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the history and the reports. */
  readonly home: string;
  /** Neither progress nor remarks, only results and errors. */
  readonly quiet: boolean;
  /** Stack traces with the errors. */
  readonly debug: boolean;
  /** Where jobs are, if not on this machine. */
  readonly remote?: Remote;
}
