import { attempt } from '@/sandbox/deliveries/attempt'
import { succeeded } from '@/sandbox/deliveries/attempt-log'
import { deliveryId } from '@/sandbox/deliveries/enqueue'
import { ApiError } from '@/sandbox/http/api-error'
import { changeAt, type Sandbox } from '@/sandbox/sandbox'

/**
 * Sends an event once more, now and freshly signed, to every enabled endpoint. Planned retries stay
 * planned unless it is taken.
 */
export async function deliverAgain(sandbox: Sandbox, eventId: string) {
  const { store, clock } = sandbox
  if (!store.find('event', eventId)) throw ApiError.missing('event', eventId)
  const enabled = [...store.all('webhook_endpoint')].filter(({ status }) => status === 'enabled')
  const deliveries = await Promise.all(
    enabled.map(async ({ id: endpoint }) => {
      const id = deliveryId(eventId, endpoint)
      const number = (store.find('delivery', id)?.attempts.length ?? 0) + 1
      const log = await attempt(sandbox, eventId, endpoint, number)
      changeAt(sandbox, clock.now(), null, (tx) => {
        const delivery = tx.find('delivery', id)
          ? tx.edit('delivery', id)
          : tx.insert('delivery', {
              id,
              event: eventId,
              endpoint,
              state: 'failed',
              nextAt: null,
              attempts: [],
            })
        delivery.attempts.push(log)
        if (!succeeded(log)) return
        delivery.state = 'delivered'
        delivery.nextAt = null
      })
      return { endpoint, status: log.status }
    }),
  )
  return { deliveries }
}
