import pc from 'picocolors';

/** Wraps a text in the codes of a colour, or leaves it as it is. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Standard output or standard error as the commands write to it. */
export interface Output {
  readonly stream: NodeJS.WriteStream;
  /** Columns that a line may fill. */
  readonly width: number;
  /** Whether a person watches, so that what was written may be drawn over. */
  readonly live: boolean;
  readonly colors: Colors;
  /** Writes a line, or several, and ends it. */
  readonly line: (text?: string) => void;
}

const DEFAULT_WIDTH = 80;
/** Wider text is harder to read than wrapped text, and narrower leaves no room for a table. */
const NARROWEST = 40;

type Environment = Readonly<Record<string, string | undefined>>;

/** An output on a stream; colours only on a terminal, and never against `--no-color` or `NO_COLOR`. */
export function outputOn(stream: NodeJS.WriteStream, env: Environment, color: boolean): Output {
  // A pipe has no isTTY at all, and picocolors takes undefined for "find out", which CI=true makes a yes.
  const terminal = (stream.isTTY as boolean | undefined) === true && env.TERM !== 'dumb';
  return {
    stream,
    width: Math.max(NARROWEST, stream.isTTY ? stream.columns : DEFAULT_WIDTH),
    live: terminal,
    colors: pc.createColors(terminal && color && !env.NO_COLOR),
    line(text = '') {
      stream.write(`${text}\n`);
    },
  };
}
