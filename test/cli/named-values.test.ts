import { expect, it } from 'vitest';
import { listedValues, singleValues } from '../../cli/named-values.ts';

it('splits at the first equals sign, and keeps empty values', () => {
  const given = ['filter=a=b', 'empty='];
  expect(singleValues('--set', given)).toEqual({ filter: 'a=b', empty: '' });
  expect(listedValues('--query', given)).toEqual({ filter: 'a=b', empty: '' });
  expect(singleValues('--set', undefined)).toEqual({});
});

it('makes a list of a name that comes again, and refuses it where there can be but one', () => {
  const given = ['type=A', 'on=x', 'type=B', 'type='];
  expect(listedValues('--query', given)).toEqual({ type: ['A', 'B', ''], on: 'x' });
  expect(() => singleValues('--set', given)).toThrow('--set names type more than once.');
});

it('names everything that is not name=value', () => {
  for (const read of [singleValues, listedValues]) {
    expect(() => read('--set', ['a', 'b=1', '=c', ''])).toThrow('--set takes name=value, not "a", "=c", "".');
  }
});
