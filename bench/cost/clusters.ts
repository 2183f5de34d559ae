/** What is restored, and onto what: clusters of the simulated Atlas. */
export const SOURCE = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' } as const;
export const TARGET = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' } as const;
