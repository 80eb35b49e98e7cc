import { ENDPOINTS } from '@/sandbox/api/endpoints'
import { ApiError } from '@/sandbox/http/api-error'
import { decodeForm } from '@/sandbox/http/form'
import { createRouter } from '@/sandbox/http/router'
import { render } from '@/sandbox/objects/render'
import type { Sandbox } from '@/sandbox/sandbox'

/** Calls the API without HTTP, for thousands of requests in a test. A refusal is returned, as Stripe's `error`. */
export function directly(sandbox: Sandbox) {
  const route = createRouter(ENDPOINTS)
  let count = 0
  return (method: 'GET' | 'POST' | 'DELETE', path: string, form: Record<string, string> = {}) => {
    const match = route(method, path)
    if (!match) throw new Error(`No endpoint for ${method} ${path}.`)
    count += 1
    // By what it names a request lives by a test clock, as over HTTP.
    const about = [...match.ids, ...Object.values(form)]
    const cause = { request: `req_${count}`, idempotencyKey: null }
    try {
      return sandbox.change(
        cause,
        (tx) => {
          const tree = decodeForm(new URLSearchParams(form).toString())
          try {
            const { object } = match.endpoint.run(tx, tree, match.ids, sandbox.settings)
            return { ok: true as const, body: render(tx, object) as Record<string, unknown> }
          } catch (error) {
            if (error instanceof ApiError && error.keepsEffects)
              return { ok: false as const, error: error.body }
            throw error
          }
        },
        about,
      )
    } catch (error) {
      if (error instanceof ApiError) return { ok: false as const, error: error.body }
      throw error
    }
  }
}
