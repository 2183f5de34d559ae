import { freezeText, type Freeze } from '../core/jobs/freeze.ts';
import { visible } from '../core/visible-text.ts';
import type { Cli } from './cli.ts';

/** Says that nothing new is changed, who said so and why. */
export function tellFrozen({ err }: Cli, freeze: Freeze): void {
  const text = visible(freezeText(freeze));
  err.line(err.colors.bold(err.colors.yellow(`${text}. Nothing new is changed until: lifeboat unfreeze`)));
}
