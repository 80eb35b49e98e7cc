import { changePlan, previewChange } from '@/sandbox/lifecycle/portal/change-plan'
import type { PortalSubscription } from '@/sandbox/lifecycle/portal/portal-view'
import type { Call } from '@/sandbox/pages/call'
import { allow } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import type { Reply } from '@/sandbox/pages/reply'
import { confirmPage } from './confirm-page'
import { updatePage } from './update-page'
import { finish, namedSubscription, requireOffered, showPortal, type Visit, visit } from './visit'

/** The choice of another plan. */
export function handleUpdate(call: Call): Reply {
  allow(call, 'GET')
  const open = visit(call)
  requireOffered(open.view.features.changePlan)
  return choose(call, open, namedSubscription(call, open))
}

/** The price of the change, and the change. */
export async function handleConfirm(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  requireOffered(open.view.features.changePlan)
  const subscription = namedSubscription(call, open)
  const price = (form ?? call.query).get('price') ?? ''
  const asked = (form ?? call.query).get('quantity')
  const quantity = asked === null ? subscription.quantity : Number(asked)
  const same = price === subscription.plan.price && quantity === subscription.quantity
  // A second click finds the change made, or planned.
  if (form && same) return finish(open, 'changed')
  if (form && price === subscription.scheduled?.plan.price) return finish(open, 'change-scheduled')
  const keeps = price === subscription.plan.price && subscription.adjusts !== null && !same
  if (!keeps && !subscription.choices.some((choice) => choice.price === price))
    return choose(call, open, subscription, 'Choose one of these plans first.')
  if (!isOffered(subscription, quantity))
    return choose(call, open, subscription, 'Choose one of the quantities that are offered.')
  if (!form) return review(call, open, subscription, { price, quantity })
  const at = form.get('proration_date') ?? ''
  const prorationDate = /^\d{1,12}$/.test(at) ? Number(at) : undefined
  const result = await changePlan(
    call.sandbox,
    open.token,
    subscription.id,
    price,
    prorationDate,
    quantity,
  )
  if (result.kind === 'changed') return finish(open, 'changed')
  if (result.kind === 'scheduled') return finish(open, 'change-scheduled')
  const problem = `${result.message} Your plan has not changed.`
  return review(call, open, subscription, { price, quantity }, problem)
}

function choose(
  call: Call,
  open: Visit,
  subscription: PortalSubscription,
  problem: string | null = null,
): Reply {
  const interval = call.query.get('interval')
  const text = updatePage(open.view, open.token, subscription, {
    interval,
    back: open.back,
    problem,
  })
  return showPortal(open, text, problem ? 422 : 200)
}

function review(
  { sandbox }: Call,
  open: Visit,
  subscription: PortalSubscription,
  { price, quantity }: { price: string; quantity: number },
  problem: string | null = null,
): Reply {
  const preview = previewChange(sandbox, open.token, subscription.id, price, quantity)
  const back = open.view.flow ? open.back : open.paths.update(subscription.id)
  const text = confirmPage(open.view, open.token, subscription, preview, { back, problem })
  return showPortal(open, text, problem ? 402 : 200)
}

function isOffered({ adjusts, quantity: now }: PortalSubscription, wanted: number): boolean {
  if (wanted === now) return true
  return (
    adjusts !== null &&
    Number.isInteger(wanted) &&
    wanted >= adjusts.minimum &&
    wanted <= adjusts.maximum
  )
}
