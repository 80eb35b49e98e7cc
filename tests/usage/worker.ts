import fc from 'fast-check'
import { disconnect } from '@/db/client'
import { log } from '@/lib/log'
import { deliverMeterEvents } from '@/lib/outbox/deliver-meter-events'
import { businessClock } from '@/lib/stripe/business-clock'
import { commit } from '@/lib/usage/commit'
import { consume } from '@/lib/usage/consume'
import { refund } from '@/lib/usage/refund'
import { reserve } from '@/lib/usage/reserve'
import { histories } from './histories'
import { type Order, type Report, succeeds } from './orders'
import { differs } from './replay'

// A process of its own that counts uses, as another server would; it may be killed at any instant.
log.level = 'silent'
process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
// The parent process is gone: nothing is left to report to.
process.on('disconnect', () => process.exit(0))
send({ kind: 'ready' })

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'rush':
      return rush(order)
    case 'work':
      return work(order)
    case 'histories':
      return replay(order)
    case 'meter':
      await deliverMeterEvents(businessClock())
      return send({ kind: 'done', wrong: null })
    case 'end':
      await disconnect()
      process.exit(0)
  }
}

async function rush({ workspaceId, keys }: Extract<Order, { do: 'rush' }>): Promise<void> {
  const answers = await Promise.all(keys.map((key) => consume(workspaceId, 1, key)))
  const count = (of: string) => answers.filter(({ outcome }) => outcome === of).length
  send({ kind: 'rushed', allowed: count('allowed'), counted: count('already_counted') })
}

async function work({ workspaceId, keys }: Extract<Order, { do: 'work' }>): Promise<void> {
  for (const key of keys) {
    const { reservation, outcome } = await reserve(workspaceId, 1, key)
    if (reservation) await (succeeds(key) ? commit(reservation) : refund(reservation))
    else if (outcome !== 'already_counted') throw new Error(`${key} was refused: ${outcome}.`)
    send({ kind: 'answered', key })
  }
  send({ kind: 'done', wrong: null })
}

async function replay({ seed, runs }: Extract<Order, { do: 'histories' }>): Promise<void> {
  for (const history of fc.sample(histories, { seed, numRuns: runs })) {
    const difference = await differs(history)
    if (!difference) continue
    send({ kind: 'done', wrong: `${difference}\n${JSON.stringify(history)}` })
    return
  }
  send({ kind: 'done', wrong: null })
}

function send(report: Report): void {
  process.send?.(report)
}
