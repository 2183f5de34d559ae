import type { Colors } from '../terminal.ts';
import { textWidth, wrap } from './wrap.ts';

/** A label and what it says; a value of several lines keeps them. */
export type Fact = readonly [label: string, value: string];

/** Facts one below the other, the values aligned and wrapped. */
export function factLines(facts: readonly Fact[], width: number, colors: Colors): string[] {
  return factGroups([facts], width, colors);
}

/** Groups of facts with a line between them, all values aligned; empty groups are left out. */
export function factGroups(groups: readonly (readonly Fact[])[], width: number, colors: Colors): string[] {
  const column = Math.max(...groups.flat().map(([label]) => label.length)) + 2;
  const filled = groups.filter((group) => group.length > 0);
  return filled.flatMap((group, index) => [
    ...(index === 0 ? [] : ['']),
    ...alignedLines(group, column, width, colors),
  ]);
}

function alignedLines(facts: readonly Fact[], column: number, width: number, colors: Colors): string[] {
  return facts.flatMap(([label, value]) =>
    wrap(value, width - column - 2).map((line, index) => {
      const left = index === 0 ? label : '';
      return `  ${colors.dim(left)}${' '.repeat(column - textWidth(left))}${line}`.trimEnd();
    }),
  );
}
