import { type Check, fail, ok, skip, type Verdict } from '@/lib/doctor/check'
import type { Places } from '@/lib/doctor/places'
import { handledEvents } from '@/lib/events/handlers'
import { isHidden } from '@/lib/stripe/permissions'
import { WEBHOOK_API_VERSION } from '@/lib/stripe/webhook-endpoints'

const PUSH = 'Run `npm run stripe:push`.'

/** Whether Stripe posts to us at all. */
export const endpoint: Check = {
  id: 'webhook_endpoint',
  title: 'Webhook endpoint',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  async look({ endpoint, webhookUrl }) {
    if (!webhookUrl) return skip(LISTEN)
    const held = await endpoint().catch(unlessHidden)
    if (held === 'hidden') return skip(HIDDEN)
    if (!held) return fail('there is none for this environment', PUSH)
    if (!held.enabled) return fail(`${held.url} is switched off`, PUSH)
    return held.url === webhookUrl
      ? ok(held.url)
      : fail(`it is ${held.url}, and APP_URL says ${webhookUrl}`, `${PUSH} Or correct APP_URL.`)
  },
}

/** Payloads must have the shapes of the SDK's types. */
export const endpointVersion: Check = {
  ...of('webhook_version', 'API version of webhooks'),
  look: (places: Places) =>
    withEndpoint(places, ({ apiVersion }) =>
      apiVersion === WEBHOOK_API_VERSION
        ? ok(WEBHOOK_API_VERSION)
        : fail(
            `${apiVersion ?? 'that of the account'}, and the SDK speaks ${WEBHOOK_API_VERSION}`,
            PUSH,
          ),
    ),
}

/** Exactly what lib/events/handlers.ts handles. */
export const endpointEvents: Check = {
  ...of('webhook_events', 'Events of webhooks'),
  look: (places: Places) =>
    withEndpoint(places, ({ enabledEvents }) => {
      const all = enabledEvents.includes('*')
      const missing = all ? [] : handledEvents.filter((type) => !enabledEvents.includes(type))
      const extra = enabledEvents.filter(
        (type) => !handledEvents.some((handled) => handled === type),
      )
      const problems = [
        missing.length > 0 && `not asked for: ${missing.join(', ')}`,
        extra.length > 0 && `asked for and not handled: ${extra.join(', ')}`,
      ].filter((problem) => typeof problem === 'string')
      return problems.length === 0
        ? ok(`${enabledEvents.length}, all that are handled`)
        : fail(problems.join('; '), PUSH)
    }),
}

const LISTEN = 'Stripe cannot reach this address: `stripe listen --forward-to` brings its webhooks'

function of(id: string, title: string) {
  return { id, title, group: 'Stripe', after: 'webhook_endpoint', needs: 'places' } as const
}

const HIDDEN = 'the key may not look; `npm run doctor` with the secret key can'

function unlessHidden(error: unknown): 'hidden' {
  if (isHidden(error)) return 'hidden'
  throw error
}

type Held = NonNullable<Awaited<ReturnType<Places['endpoint']>>>

async function withEndpoint({ endpoint, webhookUrl }: Places, judge: (held: Held) => Verdict) {
  if (!webhookUrl) return skip(LISTEN)
  const held = await endpoint().catch(unlessHidden)
  if (held === 'hidden') return skip(HIDDEN)
  return held ? judge(held) : skip('there is none')
}
