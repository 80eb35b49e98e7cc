import type Stripe from 'stripe'
import type { Call } from '@/sandbox/pages/call'
import { page, type Reply, script } from '@/sandbox/pages/reply'
import { loadErrorPage, METHODS, paymentFormPage } from './form/page'
import { FORM_SCRIPT, LOAD_ERROR_SCRIPT } from './form/scripts'
import { STRIPE_JS } from './script'

/** The script itself, for pages of any site. */
export function handleScript(): Reply {
  return script(STRIPE_JS)
}

/** The form of a Payment Element, in an iframe: with what its intent can be paid. */
export function handlePaymentForm({ sandbox, query }: Call): Reply {
  const secret = query.get('client_secret')
  const intent = secret === null ? null : intentOf(sandbox.store, secret)
  if (secret !== null && intent === null) {
    const error = {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: 'No such intent, or its client secret is another one.',
      param: 'client_secret',
    }
    return page(loadErrorPage(error), { framed: true, runs: LOAD_ERROR_SCRIPT })
  }
  const only = list(query.get('types')) ?? intent?.allowed_payment_method_types ?? null
  const without = list(query.get('without')) ?? intent?.excluded_payment_method_types ?? []
  const currency =
    intent?.object === 'payment_intent' ? intent.currency : (query.get('currency') ?? 'usd')
  const methods = METHODS.filter(
    (method) =>
      (only === null || only.includes(method)) &&
      !without.includes(method) &&
      // Accounts in the United States are debited in dollars.
      (method === 'card' || currency === 'usd'),
  )
  const text = paymentFormPage(methods, sandbox.clock.now())
  return page(text, { framed: true, runs: FORM_SCRIPT })
}

type Intent = Readonly<Stripe.PaymentIntent | Stripe.SetupIntent>

function intentOf(store: Call['sandbox']['store'], secret: string): Intent | null {
  const [id = ''] = secret.split('_secret_')
  const found = store.find('setup_intent', id) ?? store.find('payment_intent', id)
  return found?.client_secret === secret ? found : null
}

function list(text: string | null): string[] | null {
  return text === null ? null : text.split(',')
}
