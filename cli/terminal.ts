import { randomInt } from 'node:crypto';
import pc from 'picocolors';
import { visibleLines } from '../core/visible-text.ts';

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
  /** Writes a line, or several, and ends it. Whatever else than `colors` put there to steer a terminal is made visible. */
  readonly line: (text?: string) => void;
  /** What `line` writes for a text, for whoever writes to the stream by other means. */
  readonly shown: (text: string) => string;
}

const DEFAULT_WIDTH = 80;
/** Wider text is harder to read than wrapped text, and narrower leaves no room for a table. */
const NARROWEST = 40;

type Environment = Readonly<Record<string, string | undefined>>;

/** An output on a stream; colours only on a terminal, and never against `--no-color` or `NO_COLOR`. */
export function outputOn(stream: NodeJS.WriteStream, env: Environment, color: boolean): Output {
  // A pipe has no isTTY at all, and picocolors takes undefined for "find out", which CI=true makes a yes.
  const terminal = (stream.isTTY as boolean | undefined) === true && env.TERM !== 'dumb';
  const colors = pc.createColors(terminal && color && !env.NO_COLOR);
  const line = (text = '') => {
    try {
      stream.write(`${shown(text)}\n`);
    } catch (error) {
      // Node writes to files at once, and throws what other outputs tell by an event.
      stream.emit('error', error);
    }
  };
  return {
    stream,
    width: Math.max(NARROWEST, stream.isTTY ? stream.columns : DEFAULT_WIDTH),
    live: terminal,
    colors: colors.isColorSupported ? markedColors(colors) : colors,
    line,
    shown,
  };
}

/**
 * Colours are laid into texts that hold words of others, so the writer must tell our codes from theirs: ours carry parameters that
 * this process draws, and begin with the C1 form of CSI, which the table library leaves alone. Programs that measure text skip them as they
 * skip any code.
 */
const MARK = Array.from({ length: 4 }, () => `;${randomInt(1000, 10_000)}`).join('');
const MARKED = new RegExp(`\u009b(\\d+)${MARK}m`, 'g');

function markedColors(colors: Colors): Colors {
  const marked = (code: string) => `\u009b${/\d+/.exec(code)?.[0] ?? '0'}${MARK}m`;
  const entries = (Object.entries(colors) as [string, Colors[keyof Colors]][]).map(([name, format]) => {
    if (typeof format !== 'function') return [name, format];
    const [open = '', close = ''] = format('|').split('|').map(marked);
    return [name, (text: unknown) => `${open}${String(text)}${close}`];
  });
  return Object.fromEntries(entries) as Colors;
}

/** The text as a terminal is given it: our colours as codes, everything else that would steer it visible. */
function shown(text: string): string {
  return text
    .split(MARKED)
    .map((part, index) => (index % 2 === 1 ? `\u001b[${part}m` : visibleLines(part)))
    .join('');
}
