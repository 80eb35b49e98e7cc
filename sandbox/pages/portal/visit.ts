import type { PortalSubscription, PortalView } from '@/sandbox/lifecycle/portal/portal-view'
import { portalView } from '@/sandbox/lifecycle/portal/view'
import { type Call, id } from '@/sandbox/pages/call'
import { webAddress } from '@/sandbox/pages/links'
import { Refusal } from '@/sandbox/pages/refusal'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { portalPaths } from './paths'

/** What every page of the portal starts from. `back` is where "Go back" leads. */
export type Visit = {
  token: string
  view: PortalView
  paths: ReturnType<typeof portalPaths>
  back: string
}

/** Opens the portal for a request; an unknown token is refused by `portalView`. */
export function visit(call: Call): Visit {
  const token = id(call, 'token')
  const view = portalView(call.sandbox, token)
  const paths = portalPaths(token)
  return {
    token,
    view,
    paths,
    back: view.flow ? (webAddress(view.returnUrl) ?? paths.home) : paths.root,
  }
}

/** The subscription that the path names, if it is this customer's and has not ended. */
export function namedSubscription(call: Call, { view }: Visit): PortalSubscription {
  const wanted = id(call, 'subscription')
  const found = view.subscriptions.find((subscription) => subscription.id === wanted)
  if (found) return found
  throw new Refusal(
    404,
    'There is no such subscription',
    'It may have ended. Go back to see your plan as it is now.',
  )
}

/** Refuses a page that the portal's configuration switches off. */
export function requireOffered(offered: boolean): void {
  if (!offered)
    throw new Refusal(
      404,
      'This portal does not offer that',
      'Go back to see what you can change here.',
    )
}

/** Shows a portal page; in a flow, a form may end at the address that the flow was given. */
export function showPortal({ view }: Visit, text: string, status = 200): Reply {
  return page(text, { status, leaves: view.flow !== null })
}

/** Where a finished change leads: what the flow asked for, else the portal with a word about it. */
export function finish({ view, paths }: Visit, done: Done): Reply {
  const after = view.flow?.after
  const redirect = after?.type === 'redirect' ? webAddress(after.returnUrl) : null
  if (redirect) return seeOther(redirect)
  if (after?.type === 'hosted_confirmation') return seeOther(`${paths.done}?done=${done}`)
  return seeOther(`${view.flow ? paths.home : paths.root}?done=${done}`)
}

/** What was just done, from the address; null when it says nothing that we know. */
export function doneMessage({ query }: Call): string | null {
  const done = query.get('done')
  return isDone(done) ? DONE[done] : null
}

const DONE = {
  'cancel-scheduled': 'Your subscription is set to end. You keep it until then.',
  canceled: 'Your subscription has ended.',
  resumed: 'Your subscription goes on and renews as before.',
  changed: 'Your plan was changed.',
  'change-scheduled': 'Your plan is set to change. You keep the one you have until then.',
  paused: 'Your subscription is paused. You are not charged while it is.',
  unpaused: 'Your subscription goes on, and a new period has begun.',
  card: 'Your payment method was updated.',
  details: 'Your billing information was saved.',
}
type Done = keyof typeof DONE

function isDone(value: string | null): value is Done {
  return value !== null && Object.hasOwn(DONE, value)
}
