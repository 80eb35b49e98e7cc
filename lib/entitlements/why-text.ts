import type { AuditActor } from '@/db/schema/audit'
import type { Step, Why } from './why'

/** The chain as an operator reads it, one line for each link. */
export function whyText(given: Why): string[] {
  const { workspaceId, feature, at, decision } = given
  return [
    `${feature}: ${decision.allowed ? 'yes' : 'no'}, for ${workspaceId} at ${at.toISOString()}`,
    `  rule          ${decision.rule}: ${decision.sentence}`,
    ...entitlementText(given),
    ...subscriptionText(given),
    ...overridesText(given),
    ...(given.lastChange
      ? ['  last change   of what is stored:', ...stepText(given.lastChange)]
      : []),
  ]
}

function entitlementText({ current, stored }: Why): string[] {
  const { tier, status, access, validUntil, reason } = current
  const until = validUntil ? ` until ${validUntil.toISOString()}` : ''
  const kept = stored
    ? `stored at ${stored.computedAt.toISOString()} under fence ${stored.fence}`
    : 'nothing is stored'
  const lapsed = stored?.lapsed ? ', which has run out: worked out anew from our records' : ''
  return [
    `  entitlement   ${tier}, ${status}, access ${access}${until}; ${kept}${lapsed}`,
    `                ${reason}`,
  ]
}

function subscriptionText({ subscription: row }: Why): string[] {
  if (!row) return ['  subscription  none']
  const facts = [
    `${row.status} on ${row.priceId ?? 'no price'} (${row.tier ?? 'unknown to the catalog'})`,
    row.owes ? `its ${row.owes} payment ${row.payment}` : `payment ${row.payment}`,
    row.currentPeriodEnd && `period to ${row.currentPeriodEnd.toISOString()}`,
    row.cancelAt && `to end ${row.cancelAt.toISOString()}`,
    row.endedAt && `ended ${row.endedAt.toISOString()}`,
    `read under fence ${row.fence}`,
  ]
  const what = `  subscription  ${row.id} of ${row.customerId}: ${facts.filter(Boolean).join(', ')}`
  return [what, ...row.trail.slice(-SHOWN).flatMap(stepText)]
}

// Of a long life the end: all of it is in the audit trail, and in --json.
const SHOWN = 6

function overridesText({ overrides }: Why): string[] {
  return overrides.flatMap((each) => {
    const what = each.kind === 'plan' ? (each.tier ?? 'the plan') : each.name
    const end = each.revokedAt
      ? `revoked ${each.revokedAt.toISOString()}`
      : `${each.inForce ? 'until' : 'over since'} ${each.expiresAt.toISOString()}`
    const who = actorText(each.actor)
    return [
      `  override      ${each.effect} ${what}, ${end}, by ${who}: ${each.reason}`,
      ...each.trail.slice(-SHOWN).flatMap(stepText),
    ]
  })
}

function stepText({ scope, n, at, actor, action, events }: Step): string[] {
  const lines = events.map(
    ({ id, type, stripeCreatedAt }) =>
      `                    ${id} ${type ?? 'not kept'}${stripeCreatedAt ? ` of ${stripeCreatedAt.toISOString()}` : ''}`,
  )
  return [
    `                ${at.toISOString()} ${action} by ${actorText(actor)} (audit ${scope} ${n})`,
    ...lines,
  ]
}

function actorText(actor: AuditActor): string {
  if (actor.type === 'stripe') return `Stripe's ${actor.eventId}`
  if (actor.type === 'system') return actor.job
  return `${WORDS[actor.type]} ${actor.id}`
}

const WORDS = { operator: 'operator', user: 'user', api_key: 'API key' } as const
