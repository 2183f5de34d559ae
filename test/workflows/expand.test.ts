import { describe, expect, it } from 'vitest';
import { expand } from '../../workflows/expand.ts';

const FRAGMENTS = {
  Poll: {
    Parameters: { Seconds: 120, Back: '<Name>' },
    States: {
      '<Name>': { Fragment: 'One', Seconds: '<Seconds>', Next: 'Is<Name>Done' },
      'Is<Name>Done': { Type: 'Choice', On: { wait: '<Wait>' }, Default: '<Next>' },
      '<Wait>': { Type: 'Wait', Next: '<Back>' },
    },
  },
  One: {
    Parameters: {},
    States: { '<Name>': { Type: 'Task', TimeoutSeconds: '<Seconds>', Next: '<Next>' } },
  },
};

const expanded = (States: Record<string, Record<string, unknown>>) => expand({ States }, FRAGMENTS).States;

describe('a workflow with fragments', () => {
  it('has the states of each fragment in its place, with the values that it is given', () => {
    expect(
      expanded({ Follow: { Fragment: 'Poll', Wait: 'Pause', Next: 'End' }, End: { Type: 'Succeed' } }),
    ).toEqual({
      Follow: { Type: 'Task', TimeoutSeconds: 120, Next: 'IsFollowDone' },
      IsFollowDone: {
        Type: 'Choice',
        Choices: [{ Variable: '$.next', StringEquals: 'wait', Next: 'Pause' }],
        Default: 'End',
      },
      Pause: { Type: 'Wait', Next: 'Follow' },
      End: { Type: 'Succeed' },
    });
  });

  it('takes a given value before the default, and keeps numbers', () => {
    const states = expanded({ F: { Fragment: 'Poll', Seconds: 300, Wait: 'W', Back: 'G', Next: 'E' } });
    expect(states.F).toMatchObject({ TimeoutSeconds: 300 });
    expect(states.W).toEqual({ Type: 'Wait', Next: 'G' });
  });

  it('expands the states of a Map, too', () => {
    const ItemProcessor = { StartAt: 'F', States: { F: { Fragment: 'One', Seconds: 1, Next: 'E' } } };
    expect(expanded({ M: { Type: 'Map', ItemProcessor } }).M).toEqual({
      Type: 'Map',
      ItemProcessor: { StartAt: 'F', States: { F: { Type: 'Task', TimeoutSeconds: 1, Next: 'E' } } },
    });
  });

  it.each([
    ['an unknown fragment', { F: { Fragment: 'Other' } }, 'F names the fragment Other'],
    [
      'a value that is not used',
      { F: { Fragment: 'One', Seconds: 1, Next: 'E', Nxt: 'E' } },
      'does not use Nxt',
    ],
    ['a value that is missing', { F: { Fragment: 'Poll', Next: 'E' } }, 'F: its fragment needs Wait'],
    [
      'two states of one name',
      { W: { Type: 'Wait' }, F: { Fragment: 'Poll', Wait: 'W', Next: 'E' } },
      'two states named W',
    ],
  ])('is refused with %s', (_, states, message) => {
    expect(() => expanded(states)).toThrow(message);
  });
});
