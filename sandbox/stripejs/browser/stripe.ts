import type { PaymentIntentResult, SetupIntentResult, Stripe } from '@stripe/stripe-js'
import type { Answer, AnyIntent, ElementsOptions, Form, GroupOfElements, Parts } from './parts'

interface Confirming {
  elements?: GroupOfElements
  clientSecret?: string
  confirmParams?: {
    return_url?: string
    payment_method?: string
    payment_method_data?: { billing_details?: Record<string, unknown> }
  }
  redirect?: 'always' | 'if_required'
}

type Served = Pick<
  Stripe,
  | 'createEmbeddedCheckoutPage'
  | 'handleNextAction'
  | 'registerAppInfo'
  | 'retrievePaymentIntent'
  | 'retrieveSetupIntent'
>

/** `Stripe(key)`, as Stripe's own script leaves it in the window. */
export function stripePart(parts: Parts) {
  const integration = (message: string) => new Error(`IntegrationError: ${message}`)
  const idIn = (secret: string) => secret.split('_secret_')[0] ?? ''
  const kindIn = (secret: string) => (secret.startsWith('seti_') ? 'setup' : 'payment')
  const setup = ({ intent, error }: Answer): SetupIntentResult => {
    if (error) return { error }
    if (intent.object === 'setup_intent') return { setupIntent: intent }
    throw integration(`A SetupIntent was expected, and ${intent.id} is another.`)
  }
  const payment = ({ intent, error }: Answer): PaymentIntentResult => {
    if (error) return { error }
    if (intent.object === 'payment_intent') return { paymentIntent: intent }
    throw integration(`A PaymentIntent was expected, and ${intent.id} is another.`)
  }
  /** `{address: {country}}` as `billing_details[address][country]`. */
  const flat = (given: Record<string, unknown>, within: string): Form =>
    Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null
          ? Object.entries(flat(value as Record<string, unknown>, `${within}[${name}]`))
          : value === undefined || value === null
            ? []
            : [[`${within}[${name}]`, String(value)]],
      ),
    )
  const leave = (to: string, intent: AnyIntent) => {
    const address = new URL(to, location.href)
    const { object, id, client_secret, status } = intent
    address.searchParams.set(object, id)
    address.searchParams.set(`${object}_client_secret`, client_secret ?? '')
    const pending = status === 'processing' ? 'pending' : 'succeeded'
    address.searchParams.set('redirect_status', pending)
    location.assign(address.href)
    // The page is on its way out: no code awaits this any more.
    return new Promise<never>(() => {})
  }
  return Object.assign(
    (key: string) => {
      if (!/^pk_test_\w+$/.test(key))
        throw integration('The sandbox takes publishable keys that begin with pk_test_.')
      const retrieve = (secret: string) =>
        parts.ask(key, 'GET', `${kindIn(secret)}_intents/${idIn(secret)}`, {
          client_secret: secret,
        })
      const confirm = async (kind: 'setup' | 'payment', asked: Confirming): Promise<Answer> => {
        const { elements, confirmParams = {}, redirect = 'always' } = asked
        const secret = asked.clientSecret ?? elements?.sandboxSecret()
        const { return_url: returnUrl = '', payment_method, payment_method_data } = confirmParams
        const name = kind === 'setup' ? 'confirmSetup' : 'confirmPayment'
        if (!secret || kindIn(secret) !== kind)
          throw integration(`stripe.${name}() needs the clientSecret of a ${kind} intent.`)
        if (redirect === 'always' && !returnUrl)
          throw integration(`stripe.${name}() needs confirmParams.return_url.`)
        if (elements && !elements.sandboxSecret() && !elements.sandboxSubmitted())
          throw integration(
            `elements.submit() must be called before stripe.${name}(). Call elements.submit() as soon as your customer presses pay.`,
          )
        const billing = flat(payment_method_data?.billing_details ?? {}, 'billing_details')
        const answer = elements
          ? // The frame answers as `ask` does.
            ((await elements.sandboxAsk({
              do: 'pay',
              key,
              clientSecret: secret,
              billing,
            })) as Answer)
          : await parts.ask(key, 'POST', `${kind}_intents/${idIn(secret)}/confirm`, {
              client_secret: secret,
              use_stripe_sdk: 'true',
              ...(payment_method ? { payment_method } : {}),
              ...(returnUrl ? { return_url: returnUrl } : {}),
            })
        const done = await parts.finish(key, { answer, clientSecret: secret })
        if (!done.error && redirect === 'always') return leave(returnUrl, done.intent)
        return done
      }
      const unserved = (name: string) => () => {
        throw new Error(`The sandbox's Stripe.js does not play stripe.${name}().`)
      }
      const served: Served = {
        async handleNextAction(asked: { clientSecret: string } | { hashedValue: string }) {
          if (!('clientSecret' in asked))
            throw integration('The sandbox handles next actions by their clientSecret only.')
          const { clientSecret } = asked
          const answer = await retrieve(clientSecret)
          if (answer.intent && answer.intent.status !== 'requires_action') {
            const noun = answer.intent.object === 'setup_intent' ? 'SetupIntent' : 'PaymentIntent'
            const message = `handleNextAction: The ${noun} supplied is not in the requires_action state.`
            return { error: { type: 'invalid_request_error', message } }
          }
          const done = await parts.finish(key, { answer, clientSecret })
          return done.intent?.object === 'setup_intent' ? setup(done) : payment(done)
        },
        retrieveSetupIntent: async (secret) => setup(await retrieve(secret)),
        retrievePaymentIntent: async (secret) => payment(await retrieve(secret)),
        createEmbeddedCheckoutPage: parts.embedded,
        registerAppInfo() {},
      }
      // Their forms are overloaded by what is asked for; each answers as its type says.
      const overloaded = {
        elements: (options: ElementsOptions = {}) => parts.elements(key, options),
        confirmSetup: async (asked: Confirming) => setup(await confirm('setup', asked)),
        confirmPayment: async (asked: Confirming) => payment(await confirm('payment', asked)),
        createPaymentMethod: ({ elements }: { elements: GroupOfElements }) =>
          elements.sandboxAsk({ do: 'method', key, billing: {} }),
        initCheckoutElementsSdk: unserved('initCheckoutElementsSdk'),
        initCheckoutFormSdk: unserved('initCheckoutFormSdk'),
        createConfirmationToken: unserved('createConfirmationToken'),
        createToken: unserved('createToken'),
      } satisfies Partial<Record<keyof Stripe, unknown>>
      // What the loader calls, which no type says.
      return { ...served, ...overloaded, _registerWrapper() {} }
    },
    // The release train that `@stripe/stripe-js` expects, so that it does not warn of another.
    { version: 'endive' },
  )
}
