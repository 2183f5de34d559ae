import pc from 'picocolors';

/** No colours. */
export const PLAIN = pc.createColors(false);
/** Colours, whatever the output. */
export const COLORED = pc.createColors(true);
