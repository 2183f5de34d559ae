import type { Item } from './item.ts';

/** What one attribute of the item that is there must be. Values of two types are different, and neither is below the other. */
export type Test =
  | { readonly attribute: string; readonly is: 'absent' | 'present' }
  | {
      readonly attribute: string;
      readonly is: 'equal' | 'different' | 'below';
      readonly value: string | number;
    };

/** A condition on the item that is there: holds when every test of at least one of the lists does. */
export type Condition = readonly (readonly Test[])[];

/** Nothing has this attribute: neither an item that lacks it nor an item that is not there. */
export const absent = (attribute: string): Test => ({ attribute, is: 'absent' });

/** The item is there and has the attribute. */
export const present = (attribute: string): Test => ({ attribute, is: 'present' });

/** The item has the attribute with this value. */
export const equal = (attribute: string, value: string | number): Test => ({ attribute, is: 'equal', value });

/** The item does not have the attribute with this value; it may lack it. */
export const different = (attribute: string, value: string | number): Test => ({
  attribute,
  is: 'different',
  value,
});

/** The attribute lies below this value, which is of the same type. */
export const below = (attribute: string, value: string | number): Test => ({ attribute, is: 'below', value });

/** Nothing is stored under the key yet. */
export const IS_NEW: Condition = [[absent('pk')]];

/** Whether a condition holds for what is there. */
export function holds(condition: Condition, item: Item | undefined): boolean {
  return condition.some((tests) => tests.every((test) => passes(test, item)));
}

function passes(test: Test, item: Item | undefined): boolean {
  const there = item?.[test.attribute];
  switch (test.is) {
    case 'absent':
      return there === undefined;
    case 'present':
      return there !== undefined;
    case 'equal':
      return there === test.value;
    case 'different':
      return there !== test.value;
    case 'below':
      return there !== undefined && typeof there === typeof test.value && there < test.value;
  }
}
