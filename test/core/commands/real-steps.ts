/** Steps of each list, of real kinds, as the parts of a runbook's text. */
export const STEPS = {
  ready: '[{ name: no alerts, use: alerts, with: { types: [NO_PRIMARY] } }, { name: room, use: disks }]',
  before: '[{ name: pin, use: pin-fcv, with: { for: 7d } }]',
  verify: '[{ name: same users, use: database-users }]',
  after: '[{ name: slow, use: slow-operation-threshold }]',
  cleanup:
    '[{ name: unpin, use: unpin-fcv }, { name: nodes, use: delete-search-nodes, confirm: orders-drill }]',
};
