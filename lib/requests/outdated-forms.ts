import type { IncomingMessage, ServerResponse } from 'node:http'

/** The page that says what became of a form whose page is from before an update. */
const OUTDATED = '/outdated'

// Next's own, on the answer to an action that this build does not know
// (next/dist/client/components/app-router-headers).
const UNKNOWN_ACTION = 'x-nextjs-action-not-found'

/**
 * Leads a form to a page, where Next answers a browser without scripts with three words of bare text: its page
 * is of another build, and the action in it is not known here. Next has no setting for that answer. What asks by
 * script sends `next-action`, and reloads its page by itself (`app/components/outdated.ts`).
 */
export function explainOutdatedForms(request: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/', headers } = request
  if (method !== 'POST' || headers['next-action'] !== undefined) return
  if (!headers.accept?.includes('text/html')) return
  const [set, write] = [response.setHeader.bind(response), response.writeHead.bind(response)]
  let unknown = false
  response.setHeader = (name, value) => {
    unknown ||= name.toLowerCase() === UNKNOWN_ACTION
    return set(name, value)
  }
  // Whatever has been written by then, this is called before the first byte leaves; the casts are its overloads.
  response.writeHead = ((...given: Parameters<typeof write>) => {
    if (!unknown) return write(...given)
    set('location', `${OUTDATED}?${new URLSearchParams({ from: url })}`)
    set('cache-control', 'no-store')
    return write(303)
  }) as typeof response.writeHead
}
