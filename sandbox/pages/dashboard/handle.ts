import { deliverAgain } from '@/sandbox/control/deliver-again'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf } from '@/sandbox/ids'
import { jumpTo } from '@/sandbox/lifecycle/jump/jump'
import { JUMPS } from '@/sandbox/lifecycle/jump/target'
import { allow, type Call, id } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { customerPage } from './customer-page'
import { customersPage } from './customers-page'
import { doneMessage } from './done'
import { eventPage } from './event-page'
import { eventsPage } from './events-page'

/** A visitor of the sandbox's bare address wants to see what is in it. */
export function handleFront(call: Call): Reply {
  allow(call, 'GET')
  return seeOther('/dashboard')
}

/** The customers, and the clock. */
export function handleCustomers(call: Call): Reply {
  allow(call, 'GET')
  return page(customersPage(call.sandbox, call.query.get('q')?.trim() ?? '', doneMessage(call)))
}

/** One customer. */
export function handleCustomer(call: Call): Reply {
  allow(call, 'GET')
  const wanted = id(call, 'customer')
  const customer = call.sandbox.store.find('customer', wanted)
  if (!customer) throw ApiError.missing('customer', wanted)
  return page(customerPage(call.sandbox, customer, doneMessage(call)))
}

/** What happened. */
export function handleEvents(call: Call): Reply {
  allow(call, 'GET')
  const q = call.query.get('q')?.trim() ?? ''
  const before = call.query.get('before') ?? ''
  return page(eventsPage(call.sandbox, { q, before, done: doneMessage(call) }))
}

/** One event. */
export function handleEvent(call: Call): Reply {
  allow(call, 'GET')
  const wanted = id(call, 'event')
  const event = call.sandbox.store.find('event', wanted)
  if (!event) throw ApiError.missing('event', wanted)
  return page(eventPage(call.sandbox, event, doneMessage(call)))
}

/** Sends an event once more, and shows how it went. */
export async function handleSend(call: Call): Promise<Reply> {
  allow(call, 'POST')
  await readForm(call.request)
  const event = id(call, 'event')
  const { deliveries } = await deliverAgain(call.sandbox, event)
  return seeOther(`/dashboard/events/${event}?done=${deliveries.length > 0 ? 'sent' : 'unsent'}`)
}

/** Moves the clock to what a person wants to see. */
export async function handleJump(call: Call): Promise<Reply> {
  allow(call, 'POST')
  const form = await readForm(call.request)
  const jump = JUMPS.find((known) => known === form.get('jump'))
  if (!jump) throw ApiError.invalid(`There is no such jump. There are: ${JUMPS.join(', ')}.`)
  const subscription = form.get('subscription')
  const landing = jumpTo(call.sandbox, jump, subscription)
  const owner = subscription && call.sandbox.store.find('subscription', subscription)?.customer
  const back = owner ? `/dashboard/customers/${idOf(owner)}` : '/dashboard'
  return seeOther(`${back}?done=${landing}`)
}
