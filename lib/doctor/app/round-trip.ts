import { createHmac } from 'node:crypto'
import { findEvent } from '@/db/queries/stored-events'
import { toUnix } from '@/lib/clock'
import { type Check, fail, ok } from '@/lib/doctor/check'
import type { Env } from '@/lib/env'
import type { EventId } from '@/lib/ids'

/** A signed event goes to the running server and is found in the database: secret, address and store fit. */
export const roundTrip: Check = {
  id: 'webhook_round_trip',
  title: 'A signed event arrives',
  group: 'Application',
  after: 'app',
  needs: 'places',
  async look({ env }) {
    const now = new Date()
    const event = probeOf(now, env)
    const { status, body } = await post(event, now, env)
    if (status === 400)
      return fail(
        'the server refuses the signature',
        'It has another STRIPE_WEBHOOK_SECRET than stands here, or its clock is off. Give both the secret of the endpoint, and start it again.',
      )
    if (status !== 200)
      return fail(
        `the server answers ${status}`,
        'Its log says why: most often Postgres does not take the event.',
      )
    const seen = await findEvent(event.id)
    const isNew = body.includes('"ignored"')
    if (!seen || (isNew && now.getTime() - seen.receivedAt.getTime() > HOUR_MS))
      return fail(
        'the server took it, and it is not in this database',
        'The server has another DATABASE_URL than stands here. Give both the same.',
      )
    return ok(
      isNew ? 'verified, and stored as not for us' : 'verified, and known from the last look',
    )
  },
}

const HOUR_MS = 3_600_000

// Of no type that is handled, so that nothing follows from it; one an hour at most, because the inbox keeps all.
function probeOf(now: Date, env: Env) {
  const hour = now.toISOString().slice(0, 13).replace(/\D/g, '')
  const id: EventId = `evt_doctor_${hour}`
  return {
    id,
    object: 'event',
    type: 'doctor.probe',
    created: toUnix(now),
    livemode: env.stripe.livemode,
    data: { object: { object: 'doctor_probe' } },
  }
}

// docs.stripe.com/webhooks#verify-manually.
async function post(event: object, now: Date, { appUrl, stripe }: Env) {
  const payload = JSON.stringify(event)
  const t = toUnix(now)
  const v1 = createHmac('sha256', stripe.webhookSecrets[0] ?? '')
    .update(`${t}.${payload}`)
    .digest('hex')
  const response = await fetch(`${appUrl}/api/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${t},v1=${v1}` },
    body: payload,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  })
  return { status: response.status, body: await response.text() }
}
