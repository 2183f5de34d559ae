import { vi } from 'vitest';

// What the functions on AWS send with must do all that the other transport does.
vi.mock('../../../core/atlas/transport.ts', () => import('../../../core/atlas/small-transport.ts'));

await import('./send.test.ts');
await import('./service-account.test.ts');
