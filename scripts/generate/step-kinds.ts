import { readdirSync } from 'node:fs';
import type { GeneratedFile } from './generated-file.ts';

const FOLDER = new URL('../../core/steps/', import.meta.url);
const PATH = 'core/steps/kinds.ts';

/** The list of the kinds of steps: one for each file of core/steps, which exports it under the file's name in camel case. */
export const stepKinds: GeneratedFile = {
  path: PATH,
  content: () => {
    const names = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.ts') && !PATH.endsWith(`/${name}`))
      .map((name) => name.slice(0, -'.ts'.length))
      .sort();
    return `// Made by npm run generate from the files of this folder. Do not edit.
${names.map((name) => `import { ${exported(name)} } from './${name}.ts';\n`).join('')}import type { StepKind, StepLibrary } from './protocol/step-kind.ts';

/** Every kind of step that a runbook may use. */
export const STEP_KINDS: readonly StepKind[] = [
${names.map((name) => `  ${exported(name)},\n`).join('')}];

/** The kinds by the name that a runbook uses them by. */
export const KIND_BY_USE: StepLibrary = new Map(STEP_KINDS.map((kind) => [kind.use, kind]));
`;
  },
};

/** `searchIndex` for `search-index`. */
function exported(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
