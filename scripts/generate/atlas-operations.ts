import { listOperations, type OperationFacts } from '../../core/commands/atlas-operations.ts';
import type { GeneratedFile } from './generated-file.ts';

const INTRODUCTION = `<!-- Made by npm run generate from the operations in core/atlas/resources. Do not edit. -->

# The operations of Atlas

Every operation of the Atlas Admin API that Lifeboat knows, for \`lifeboat atlas call\`. Any one of several roles is enough.
The last column names the page of the API's documentation, or \`openapi.json\` where MongoDB's OpenAPI document is the source.`;

const HEAD = ['Operation', 'Method and path', 'Effect', 'Role', 'Source'];

/** The operations on one page. */
export const atlasOperations: GeneratedFile = {
  path: 'docs/reference/atlas-operations.md',
  content: () => {
    const rows = [HEAD, HEAD.map(() => '---'), ...listOperations().map(cellsOf)];
    return `${INTRODUCTION}\n\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
  },
};

function cellsOf({ operationId, method, path, effect, roles, deprecated, doc }: OperationFacts): string[] {
  return [
    `\`${operationId}\``,
    `\`${method} ${path}\``,
    deprecated ? `${effect}, deprecated` : effect,
    roles.length === 0 ? 'any' : roles.join(' or '),
    doc,
  ];
}
