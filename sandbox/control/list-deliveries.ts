import type { Sandbox } from '@/sandbox/sandbox'

// As many as a person reads; a test that looks for one looks soon after.
const SHOWN = 500

/** How many deliveries are still to be made, and the latest attempts, newest first. */
export function listDeliveries({ store }: Sandbox) {
  const all = [...store.all('delivery')]
  const pending = all.filter(({ state }) => state === 'pending').length
  const data = all
    .slice(-SHOWN)
    .flatMap(({ event, endpoint, attempts }) =>
      attempts.map((log) => ({ event, endpoint, type: store.find('event', event)?.type, ...log })),
    )
    .sort((a, b) => b.at - a.at)
  return { pending, data }
}
