import * as z from 'zod';

/** The schemas that the OpenAPI document names. */
export const COMPONENTS = z.registry<{ readonly id: string }>();

/** Gives a schema its name in the OpenAPI document. */
export function component<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  COMPONENTS.add(schema, { id });
  return schema;
}
