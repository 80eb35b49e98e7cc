import { variable } from './variable'

export type StripeEvent = {
  id: string
  type: string
  created: number
  data: { object: { id: string; object: string; customer?: string | null } }
}

/** Holds the sandbox's webhooks back: they are made and queued, not sent. */
export async function pauseDeliveries(): Promise<void> {
  await control('POST', '/_sandbox/deliveries/pause')
}

/** Sends what was held back, and from now on at once again. */
export async function resumeDeliveries(): Promise<void> {
  await control('POST', '/_sandbox/deliveries/resume')
}

/** Sends an event again, freshly signed; answers the status that each endpoint gave. */
export async function deliverAgain(eventId: string): Promise<number[]> {
  const answer = await control('POST', `/_sandbox/events/${eventId}/deliver`)
  return answer.deliveries.map(({ status }: { status: number }) => status)
}

/** The number of deliveries that are still to be made. */
export async function pendingDeliveries(): Promise<number> {
  return (await control('GET', '/_sandbox/deliveries')).pending
}

/** The newest events of the whole sandbox, the newest first; at most 100. */
export async function listEvents(type?: string): Promise<StripeEvent[]> {
  const filter = type ? `&type=${encodeURIComponent(type)}` : ''
  return (await control('GET', `/v1/events?limit=100${filter}`)).data
}

/** Business time: what the sandbox's clock says, by which its customers live, and which other stories move. */
export async function sandboxNow(): Promise<Date> {
  const { now } = await control('GET', '/_sandbox/health')
  return new Date(now * 1000)
}

/** Moves the sandbox's clock on; what is due on the way happens before it answers. */
export async function advance(days: number, hours = 0): Promise<void> {
  await control('POST', '/_sandbox/clock', { advance: (days * 24 + hours) * 3600 })
}

/** Moves the sandbox's clock on to an instant, in the same way. */
export async function advanceTo(instant: Date): Promise<void> {
  await control('POST', '/_sandbox/clock', { to: Math.ceil(instant.getTime() / 1000) })
}

/** Asks the sandbox, and throws what it refuses. `/_sandbox` reads JSON, `/v1` reads forms. */
export async function control(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object | URLSearchParams,
) {
  const isForm = body instanceof URLSearchParams
  const response = await fetch(`${variable('SANDBOX_URL')}${path}`, {
    method,
    // Only /v1 asks for it.
    headers: {
      Authorization: `Bearer ${variable('STRIPE_SECRET_KEY')}`,
      ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  })
  if (response.ok) return response.json()
  throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
}
