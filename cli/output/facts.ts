import type { Colors } from '../terminal.ts';
import { textWidth, wrap } from './wrap.ts';

/** A label and what it says; a value of several lines keeps them. */
export type Fact = readonly [label: string, value: string];

/** Facts one below the other, the values aligned and wrapped. */
export function factLines(facts: readonly Fact[], width: number, colors: Colors): string[] {
  const column = Math.max(...facts.map(([label]) => label.length)) + 2;
  return facts.flatMap(([label, value]) =>
    wrap(value, width - column - 2).map((line, index) => {
      const left = index === 0 ? label : '';
      return `  ${colors.dim(left)}${' '.repeat(column - textWidth(left))}${line}`.trimEnd();
    }),
  );
}
