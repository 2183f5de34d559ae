import * as z from 'zod';

/** A list in which something stands, and nothing twice. */
export function distinct<Item extends z.ZodType<string>>(item: Item) {
  return z
    .array(item)
    .min(1, 'must not be empty')
    .refine((all) => new Set(all).size === all.length, 'names something twice');
}
