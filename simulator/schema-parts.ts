import { z } from 'zod';

/** 24 hexadecimal digits. */
export const id = z.string().regex(/^[a-f0-9]{24}$/, 'must be 24 hexadecimal digits');

/** The name of a cluster. */
export const name = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]*$/, 'must be letters, digits and hyphens');

/** How long ago something was made, in hours. */
export const ageHours = z.number().min(0).default(24);

/** How long something takes, in seconds. */
export const seconds = z.number().positive();

/** A part of a whole, from 0 to 1. */
export const share = z.number().min(0).max(1);

export function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
