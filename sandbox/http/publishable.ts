import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error'
import type { FormTree } from './form'
import { isOfAnotherSite } from './host-guard'
import { isOpen } from './open-to-pages'

/** The headers by which a browser lets a page read the answer. */
export const FOR_PAGES = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Request-Id, Stripe-Should-Retry, Sandbox-Now',
}

/** What answers a browser's preflight request. */
export const BEFORE_PAGES = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'authorization, content-type, stripe-version',
  'Access-Control-Max-Age': '300',
}

/**
 * The publishable key of a request, from its header or, as Stripe.js sends it, from its form; null
 * when it has none. Throws ApiError for one where a secret key is needed.
 */
export function publishableKey(request: IncomingMessage, form: string): string | null {
  const bearer = request.headers.authorization?.replace(/^Bearer /, '')
  const key = bearer ?? new URLSearchParams(form).get('key')
  if (key === null || !/^pk_test_\w+$/.test(key)) {
    // A page knows no secret key; a caller that has one is no page.
    if (!isOfAnotherSite(request.headers)) return null
    throw refused('invalid_request_error', 'A page of another site needs a publishable key.')
  }
  if (isOpen(request)) return key
  throw refused(
    'secret_key_required',
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
  )
}

/**
 * What a page asks for, without what only authenticates it; the secret is checked against `kept`.
 * Throws ApiError 400 for another one.
 */
export function askedByPage(
  tree: FormTree,
  kept: { client_secret: string | null } | undefined,
): FormTree {
  const { key: _key, client_secret: secret, _stripe_version: _version, ...asked } = tree
  if (kept === undefined) return asked
  if (secret === undefined)
    throw ApiError.invalid(
      'Missing required param: client_secret.',
      'client_secret',
      'parameter_missing',
    )
  if (secret === kept.client_secret) return asked
  throw ApiError.invalid(
    'The client_secret provided does not match the client_secret associated with this intent.',
    'client_secret',
  )
}

function refused(code: string, message: string): ApiError {
  return new ApiError(401, { type: 'invalid_request_error', code, message })
}
