import type { PortalFlow } from '@/sandbox/lifecycle/portal/portal-view'
import { resume } from '@/sandbox/lifecycle/portal/resume'
import { allow, type Call } from '@/sandbox/pages/call'
import { leafPage } from '@/sandbox/pages/document/leaf'
import { readForm } from '@/sandbox/pages/form'
import { webAddress } from '@/sandbox/pages/links'
import { type Reply, seeOther } from '@/sandbox/pages/reply'
import { homePage } from './home'
import { doneMessage, finish, namedSubscription, showPortal, type Visit, visit } from './visit'

/** Where a session's url leads: the whole portal, or the one thing it was opened for. */
export function handleRoot(call: Call): Reply {
  allow(call, 'GET')
  const open = visit(call)
  const start = open.view.flow && flowStart(open, open.view.flow)
  return start ? seeOther(start) : handleHome(call)
}

/** The portal's first page. */
export function handleHome(call: Call): Reply {
  allow(call, 'GET')
  const open = visit(call)
  return showPortal(open, homePage(open.view, open.token, doneMessage(call)))
}

/** The confirmation that a flow asked us to show, with its own words. */
export function handleDone(call: Call): Reply {
  allow(call, 'GET')
  const open = visit(call)
  const { view } = open
  const href = webAddress(view.returnUrl)
  const text = leafPage({
    title: doneMessage(call) ?? 'Done',
    now: view.now,
    done: true,
    text: view.flow?.after.message ?? 'You can close this page.',
    way: href ? { href, label: `Return to ${view.businessName}` } : null,
  })
  return showPortal(open, text)
}

/** Takes a cancellation or a change back that waits for the end of the period. */
export async function handleResume(call: Call): Promise<Reply> {
  allow(call, 'POST')
  await readForm(call.request)
  const open = visit(call)
  const subscription = namedSubscription(call, open)
  // A second click finds nothing left to take back: the wish is fulfilled.
  const { cancelAt, scheduled } = subscription
  if (cancelAt !== null || scheduled !== null) resume(call.sandbox, open.token, subscription.id)
  return finish(open, 'resumed')
}

function flowStart({ paths }: Visit, { type, subscription, price }: PortalFlow): string | null {
  if (type === 'payment_method_update') return paths.paymentMethod
  if (type === 'customer_update') return paths.details
  if (subscription === null) return null
  if (type === 'subscription_cancel') return paths.cancel(subscription)
  if (type === 'subscription_pause') return paths.pause(subscription)
  if (type === 'subscription_update') return paths.update(subscription)
  if (type === 'subscription_update_confirm' && price !== null)
    return `${paths.confirm(subscription)}?price=${encodeURIComponent(price)}`
  return null
}
