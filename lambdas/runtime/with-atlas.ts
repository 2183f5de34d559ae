import { connectAtlas } from './atlas.ts';
import type { ContextPart } from './context.ts';

/** For tasks that ask Atlas. */
export const withAtlas: ContextPart = async () => ({ atlas: await connectAtlas() });
