import { changeAt, type Sandbox } from '@/sandbox/sandbox'
import type { Delivery } from '@/sandbox/store/records'
import type { AttemptLog } from './attempt-log'
import { succeeded } from './attempt-log'

/** Writes down how a planned attempt went, and plans the next one if there is to be one. */
export function record(sandbox: Sandbox, id: string, log: AttemptLog) {
  if (!sandbox.store.find('delivery', id)) return
  changeAt(sandbox, sandbox.clock.now(), null, (tx) => {
    const delivery = tx.edit('delivery', id)
    delivery.attempts.push(log)
    if (succeeded(log)) close(delivery, 'delivered')
    else if (delivery.state === 'pending') planAgain(sandbox, delivery)
  })
}

function planAgain(sandbox: Sandbox, delivery: Delivery) {
  const wait = sandbox.settings.retryDelays[delivery.attempts.length - 1]
  const endpoint = sandbox.store.find('webhook_endpoint', delivery.endpoint)
  if (wait === undefined || endpoint?.status !== 'enabled') close(delivery, 'failed')
  else delivery.nextAt = sandbox.clock.real() + wait
}

function close(delivery: Delivery, state: 'delivered' | 'failed') {
  delivery.state = state
  delivery.nextAt = null
}
