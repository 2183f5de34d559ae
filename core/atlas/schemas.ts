import * as z from 'zod';
import { readInstant } from './read-instant.ts';

/** The id of a document in Atlas: 24 hexadecimal digits. */
export const objectId = z.string().regex(/^[a-f0-9]{24}$/, 'must be 24 hexadecimal digits in lower case');

/** Whether a text can be the id of a document in Atlas; what Atlas can't be asked about by it is none. */
export function isObjectId(text: string): boolean {
  return objectId.safeParse(text).success;
}

/** The name of a cluster. */
export const clusterName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9-]*$/,
    'must be letters, digits and hyphens, and begin with a letter or a digit',
  );

const INSTANT = 'must be an ISO 8601 instant such as 2026-08-10T03:03:07Z';

/** An instant to ask for: ISO 8601 with seconds and with an offset or `Z`. */
export const instant = z.iso
  .datetime({ offset: true, error: INSTANT })
  .refine((value) => /T\d\d:\d\d:\d\d/.test(value), INSTANT);

/** The address that a MongoDB Cloud user signs in with. */
export const email = z.email('must be an email address');

/** The id of an Azure thing: 32 hexadecimal digits in five groups. */
export const uuid = z.guid('must be a UUID');

/** A role in a project. Atlas adds roles, so the kind is checked and not the name. */
export const projectRole = z
  .string()
  .regex(/^GROUP_[A-Z_]+$/, 'must be a project role such as GROUP_READ_ONLY');

/** A process: host name, IPv4 or IPv6 address, and port, such as `db.example.com:27017`. */
export const processId = z
  .string()
  .regex(
    /^([0-9]{1,3}\.){3}[0-9]{1,3}|([0-9a-f]{1,4}:){7}([0-9a-f]{1,4})|(([a-z0-9]+\.){1,10}[a-z]+)?(:[0-9]{4,5})$/,
    'must be a host and a port such as db.example.com:27017',
  );

/** Whether the reply to a list counts its items in `totalCount`; Atlas counts unless told otherwise. */
export const includeCount = z.boolean().optional();

/** A list in which nothing stands twice. */
export function distinct<Item extends z.ZodType>(list: z.ZodArray<Item>) {
  return list
    .refine(
      (all) => new Set(all.map((one) => JSON.stringify(one))).size === all.length,
      'must not repeat itself',
    )
    .meta({ uniqueItems: true })
    .readonly();
}

/**
 * A path parameter that holds slashes. Atlas's pages write them `%2F`; the client encodes them itself, so that both
 * spellings mean the same.
 */
export function slashed(schema: z.ZodString) {
  return schema.transform((value) => value.replace(/%2f/gi, '/'));
}

/**
 * A field of a reply that may be missing. Atlas also sends null for what it doesn't know; both arrive as undefined,
 * so that callers ask one question.
 */
export function maybe<Schema extends z.ZodType>(schema: Schema): z.ZodOptional<Schema> {
  // Its type knows nothing of null, which never comes out. A pipe through `preprocess` would say it, and takes twice the memory.
  return schema.nullish().overwrite((value) => value ?? undefined) as unknown as z.ZodOptional<Schema>;
}

/**
 * Fields that are left out where they make no sense, so that whoever reads them finds them missing, which is never evidence. For the
 * reply to a request that made something: whatever else it says, the id in it is that of what was made, and must not get lost. And
 * for what is evidence: one item of a list that makes no sense must not hide the others.
 */
export function lenient<Shape extends Readonly<Record<string, z.ZodType>>>(
  shape: Shape,
): { [Name in keyof Shape]: z.ZodCatch<z.ZodOptional<Shape[Name]>> } {
  const fields = Object.entries(shape).map(([name, schema]) => [name, schema.optional().catch(undefined)]);
  return Object.fromEntries(fields) as { [Name in keyof Shape]: z.ZodCatch<z.ZodOptional<Shape[Name]>> };
}

/**
 * An instant of a reply that may be missing, ISO 8601. One that cannot be read, of whatever type, or lies outside the years 2000
 * to 2199, arrives as undefined too: it is evidence of nothing.
 */
export const maybeInstant: z.ZodOptional<z.ZodString> = z
  .unknown()
  .optional()
  .overwrite((value) =>
    readInstant(value) === undefined ? undefined : value,
  ) as unknown as z.ZodOptional<z.ZodString>;

/** A count of a reply that may be missing. What can be no count, of whatever type, arrives as undefined too. */
export const maybeCount: z.ZodOptional<z.ZodNumber> = z
  .unknown()
  .optional()
  .overwrite((value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 ? value : undefined,
  ) as unknown as z.ZodOptional<z.ZodNumber>;

/** A reply that carries nothing: no body, or `{}`. It is passed on as it is. */
export const nothing = z.unknown();

/**
 * A reply whose fields depend on the value of one of them. A value that is new to us, or none, is carried with the fields
 * that all kinds share; its type is `undefined`, so that TypeScript tells it from the values we know.
 *
 * @param field that decides.
 * @param kinds by the value of that field.
 * @param shared fields of every kind, but for the one that decides.
 */
export function oneOfKinds<
  Field extends string,
  Kinds extends Readonly<Record<string, z.ZodObject>>,
  Shared extends z.ZodRawShape,
>(field: Field, kinds: Kinds, shared: Shared) {
  const other = z.looseObject({ ...shared, [field]: maybe(z.string()) });
  type Other = z.output<z.ZodObject<Shared, z.core.$loose>> & Readonly<Partial<Record<Field, undefined>>>;
  type Read = z.output<Kinds[keyof Kinds]> | Other;
  return z.looseObject({}).transform((reply, context): Read => {
    const value = reply[field];
    const known = typeof value === 'string' && Object.hasOwn(kinds, value) ? kinds[value] : undefined;
    const read = (known ?? other).safeParse(reply);
    if (read.success) return read.data as Read;
    for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
}
