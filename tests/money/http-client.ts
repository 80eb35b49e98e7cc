import type Stripe from 'stripe'
import { ENDPOINTS } from '@/sandbox/api/endpoints'
import { ApiError } from '@/sandbox/http/api-error'
import { decodeForm } from '@/sandbox/http/form'
import { createRouter } from '@/sandbox/http/router'
import { render } from '@/sandbox/objects/render'
import type { Sandbox } from '@/sandbox/sandbox'

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof Stripe>[1]>['httpClient']>
type Answer = { status: number; body: object }

const route = createRouter(ENDPOINTS)
let requests = 0

/**
 * For the SDK's `httpClient`: answers in this process from the sandbox of the moment, without a socket.
 * Retries and idempotency keys are not played: nothing gets lost on the way.
 */
export function answersFrom(sandbox: () => Sandbox): HttpClient {
  return {
    getClientName: () => 'in this process',
    async makeRequest(_host, _port, path, method, _headers, body) {
      requests += 1
      const id = `req_${requests}`
      const [at = '', query = ''] = path.split('?')
      const form = method === 'POST' ? body : query
      const { status, body: answer } = ask(sandbox(), method, at, form, id)
      return {
        getStatusCode: () => status,
        getHeaders: () => ({ 'request-id': id, 'stripe-should-retry': 'false' }),
        getRawResponse: () => answer,
        toStream: () => {
          throw new Error('Nothing is streamed here.')
        },
        toJSON: () => Promise.resolve(answer),
      }
    },
  }
}

/** One request of the API. A refusal has Stripe's status and its `error` object. */
export function ask(
  sandbox: Sandbox,
  method: string,
  path: string,
  form: string,
  request: string,
): Answer {
  const match = route(method, path)
  if (!match) throw new Error(`The sandbox has no endpoint for ${method} ${path}.`)
  const cause = { request, idempotencyKey: null }
  try {
    return sandbox.change(cause, (tx) => {
      try {
        const run = match.endpoint.run(tx, decodeForm(form), match.ids, sandbox.settings)
        return { status: 200, body: render(tx, run.object, run.expand) }
      } catch (error) {
        // A charge that failed is an answer: what it did stays done.
        if (error instanceof ApiError && error.keepsEffects) return refusal(error)
        throw error
      }
    })
  } catch (error) {
    if (error instanceof ApiError) return refusal(error)
    throw error
  }
}

function refusal({ status, body }: ApiError): Answer {
  return { status, body: { error: body } }
}
