import type Stripe from 'stripe'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { flag, hash, ignored, list, oneOf, text, url } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { newSetupIntent } from '@/sandbox/objects/setup-intent'
import { withSecret } from './client-secret'
import { named } from './references'
import { confirmSetup } from './setup-intent-changes'

export const createSetupIntent = endpoint(
  'POST',
  '/v1/setup_intents',
  {
    customer: text(),
    usage: oneOf('off_session', 'on_session'),
    payment_method: text(),
    confirm: flag(),
    description: text(1000),
    metadata: metadata(),
    allowed_payment_method_types: list(text()),
    excluded_payment_method_types: list(text()),
    automatic_payment_methods: hash({
      enabled: required(flag()),
      allow_redirects: oneOf('always', 'never'),
    }),
    return_url: url(),
    use_stripe_sdk: flag(),
    payment_method_configuration: ignored(),
  },
  ({ tx, params }): Readonly<Stripe.SetupIntent> => {
    if (params.customer !== undefined) named(tx, 'customer', params.customer, 'customer')
    const automatic = params.automatic_payment_methods
    const intent = tx.insert(
      'setup_intent',
      newSetupIntent(tx.now, {
        allowed_payment_method_types: params.allowed_payment_method_types ?? null,
        automatic_payment_methods: {
          allow_redirects: automatic?.allow_redirects ?? 'always',
          enabled: automatic?.enabled ?? true,
        },
        customer: params.customer ?? null,
        description: params.description ?? null,
        excluded_payment_method_types: params.excluded_payment_method_types ?? null,
        metadata: withMetadata({}, params.metadata),
        usage: params.usage ?? 'off_session',
      }),
    )
    tx.emit('setup_intent.created', 'setup_intent', intent.id)
    if (params.payment_method !== undefined || params.confirm)
      confirmSetup(tx, intent.id, params.payment_method, {
        now: params.confirm ?? false,
        returnUrl: params.use_stripe_sdk ? undefined : params.return_url,
      })
    return intent
  },
)

export const getSetupIntent = endpoint(
  'GET',
  '/v1/setup_intents/:id',
  { client_secret: text() },
  ({ tx, id, params }) => withSecret(tx.get('setup_intent', id), params.client_secret),
)

export const listSetupIntents = endpoint(
  'GET',
  '/v1/setup_intents',
  { ...paging, created: range(), customer: text(), payment_method: text() },
  ({ tx, params }) =>
    page(
      tx.all('setup_intent'),
      params,
      '/v1/setup_intents',
      (row) =>
        (params.customer === undefined || optionalId(row.customer) === params.customer) &&
        (params.payment_method === undefined ||
          optionalId(row.payment_method) === params.payment_method) &&
        within(row.created, params.created),
    ),
)
