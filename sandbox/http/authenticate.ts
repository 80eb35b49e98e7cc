import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error'

/** Lets any test key in, as a bearer token or as the user name of basic authentication. */
export function authenticate(request: IncomingMessage) {
  const key = keyOf(request.headers.authorization ?? '')
  if (key === '') {
    throw new ApiError(401, {
      type: 'invalid_request_error',
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    })
  }
  if (!/^(sk|rk|rkcs)_test_\w+$/.test(key)) {
    throw new ApiError(401, {
      type: 'invalid_request_error',
      message: `Invalid API Key provided: ${masked(key)}`,
    })
  }
}

function keyOf(header: string): string {
  const [scheme, value = ''] = header.split(' ')
  if (scheme === 'Bearer') return value
  if (scheme === 'Basic') return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? ''
  return ''
}

function masked(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(8).slice(-4)}`
}
