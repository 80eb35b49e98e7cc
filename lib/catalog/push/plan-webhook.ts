import type { WebhookEndpointSnapshot } from '@/lib/stripe/webhook-endpoints'
import type { Desired } from './desired'

export type WebhookStep = {
  noun: 'webhook'
  id: string | null
  /** An endpoint cannot change its API version: a new one takes its place. */
  replaces: string | null
}

/** The endpoint, with exactly the events that are handled, at the version whose types we know. */
export function planWebhook(
  desired: NonNullable<Desired['webhook']>,
  held: WebhookEndpointSnapshot | null,
) {
  const what = `webhook endpoint ${desired.url}, ${desired.events.length} events`
  const step = { noun: 'webhook' as const, replaces: null, what }
  if (!held) return { ...step, id: null, mark: '+' as const }
  if (held.apiVersion !== desired.apiVersion) {
    const instead = `${what}, at ${desired.apiVersion} in place of ${held.apiVersion ?? 'no version'}`
    return { ...step, id: null, replaces: held.id, mark: '+' as const, what: instead }
  }
  const same =
    held.enabled && held.url === desired.url && sameWords(held.enabledEvents, desired.events)
  return { ...step, id: held.id, mark: same ? ('=' as const) : ('~' as const) }
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}
