import { chaosOf } from '@/sandbox/chaos/chaos'
import { randomText } from '@/sandbox/ids'
import type { Sandbox } from '@/sandbox/sandbox'
import type { AttemptLog } from './attempt-log'
import { payloadOf } from './payload'
import { post } from './post'
import { sign } from './sign'

/** Sends an event to an endpoint once, signed anew. Never rejects: having no answer is an outcome. */
export async function attempt(
  sandbox: Sandbox,
  eventId: string,
  endpointId: string,
  number: number,
): Promise<AttemptLog> {
  const { store, clock } = sandbox
  const event = store.find('event', eventId)
  const endpoint = store.find('webhook_endpoint', endpointId)
  const at = Math.floor(clock.real() / 1000)
  if (!event || !endpoint)
    return { attempt: number, status: null, at, error: 'The endpoint or the event is gone.' }
  const body = payloadOf(store, event, endpoint)
  const secrets = store.find('signing_secret', endpointId)?.secrets ?? []
  const live = secrets.filter(({ until }) => until === null || until > at).map(({ value }) => value)
  // First, so that code that checks one signature only is found out.
  if (chaosOf(store).second_signature) live.unshift(`whsec_${randomText(32)}`)
  try {
    const status = await post(endpoint.url, body, sign(body, live, at))
    return { attempt: number, status, at, error: null }
  } catch (error) {
    return {
      attempt: number,
      status: null,
      at,
      error: error instanceof Error ? error.message : String(error),
    }
  }
}
