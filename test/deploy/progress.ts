/** Tells how far a run is, each line with the seconds since its start, and counts what failed. */
export interface Progress {
  /** Something began. */
  say(text: string): void;
  /**
   * Runs a check and tells how it went. A check that fails does not keep the others from their turn.
   *
   * @returns what the check gave, or undefined when it failed.
   */
  check<T>(what: string, run: () => Promise<T> | T): Promise<T | undefined>;
  /** How many checks there were, and which failed. */
  result(): { readonly checks: number; readonly failed: readonly string[] };
}

/** Progress on standard output. */
export function createProgress(): Progress {
  const begun = performance.now();
  const failed: string[] = [];
  let checks = 0;
  const say = (text: string) => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${seconds.padStart(6)} s  ${text}`);
  };
  return {
    say,
    async check(what, run) {
      checks += 1;
      try {
        const made = await run();
        say(`ok      ${what}`);
        return made;
      } catch (error) {
        failed.push(what);
        say(
          `FAILED  ${what}\n${indented(error instanceof Error ? (error.stack ?? error.message) : String(error))}`,
        );
        return undefined;
      }
    },
    result: () => ({ checks, failed }),
  };
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '          ');
}
