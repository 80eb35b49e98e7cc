import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { required } from '@/sandbox/http/rule'
import { clearable, hash, ignored, text, url } from '@/sandbox/http/rules'
import { newId, randomText } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { FLOW, flowOf } from './portal-flow'
import { named } from './references'

export const createPortalSession = endpoint(
  'POST',
  '/v1/billing_portal/sessions',
  {
    customer: required(text()),
    configuration: text(),
    return_url: clearable(url()),
    flow_data: hash(FLOW),
    locale: text(),
    after_expiration: ignored(),
  },
  ({ tx, params, settings }) => {
    const customer = named(tx, 'customer', params.customer, 'customer')
    const configuration = configurationOf(tx, params.configuration)
    const returnUrl = params.return_url ?? configuration.default_return_url
    if (returnUrl === null) {
      throw ApiError.invalid(
        'You must provide `return_url`, or a configuration with a `default_return_url`.',
        'return_url',
      )
    }
    const token = randomText(32)
    const session: Stripe.BillingPortal.Session = {
      id: newId('bps'),
      object: 'billing_portal.session',
      after_expiration: null,
      configuration: configuration.id,
      created: tx.now,
      customer: customer.id,
      customer_account: null,
      flow: params.flow_data ? flowOf(tx, params.flow_data, customer.id) : null,
      livemode: false,
      locale: params.locale ?? null,
      on_behalf_of: null,
      return_url: returnUrl,
      url: `${settings.url}/p/session/${token}`,
    }
    tx.insert('billing_portal.session', session)
    tx.insert('portal_token', { id: token, session: session.id })
    tx.emit('billing_portal.session.created', 'billing_portal.session', session.id)
    return session
  },
)

function configurationOf(
  tx: Tx,
  id: string | undefined,
): Readonly<Stripe.BillingPortal.Configuration> {
  if (id !== undefined) return named(tx, 'billing_portal.configuration', id, 'configuration')
  const usual = tx.all('billing_portal.configuration').find((row) => row.is_default && row.active)
  if (usual) return usual
  throw ApiError.invalid(
    'No configuration provided and your test mode default configuration has not been created. Create one with the API.',
  )
}
