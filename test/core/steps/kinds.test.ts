import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../../../core/atlas/resources.ts';
import { STEP_KINDS } from '../../../core/steps/kinds.ts';

const FOLDER = new URL('../../../core/steps/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'kinds.ts');

describe('the folder of the kinds of steps', () => {
  it('holds one file for each kind, under the name that runbooks use it by', () => {
    expect(STEP_KINDS.map(({ use }) => `${use}.ts`).sort()).toEqual(files.sort());
  });

  it.each(files)('%s has its test beside those of the others', (name) => {
    expect(existsSync(new URL(name.replace('.ts', '.test.ts'), import.meta.url))).toBe(true);
  });
});

describe.each(STEP_KINDS)('$use', (kind) => {
  const operations = Object.keys(kind.operations).map(operationOf);

  it('names for each operation the roles that Atlas wants for it', () => {
    expect(kind.operations).toEqual(
      Object.fromEntries(operations.map(({ operationId, roles }) => [operationId, roles])),
    );
  });

  it('looks when it is a check, sends when it is a change', () => {
    const does = { looks: kind.look !== undefined, sends: kind.send !== undefined };
    // People are waited for.
    if (kind.use === 'approval') expect(does).toEqual({ looks: false, sends: false });
    else if (kind.effect === 'check') expect(does).toEqual({ looks: true, sends: false });
    else expect(does.sends).toBe(true);
  });

  it('changes Atlas when it is a change, and never before the guards have passed', () => {
    const changes = operations.some(({ effect }) => effect === 'change');
    // A webhook changes what is not in Atlas.
    if (kind.use !== 'webhook') expect(changes).toBe(kind.effect === 'change');
    expect(kind.stages.length).toBeGreaterThan(0);
    // Nothing that was changed before the guards have passed would ever be cleaned up.
    if (changes) expect(kind.stages).not.toContain('ready');
  });

  it('says what it destroys when it deletes anything, and that it is no check', () => {
    if (operations.some(({ method }) => method === 'DELETE')) expect(kind.destroys).not.toBe(false);
    if (kind.destroys === false) return;
    expect(kind.effect).toBe('change');
    expect(kind.destroys.what).not.toBe('');
  });
});
