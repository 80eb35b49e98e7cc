import type { ServerResponse } from 'node:http'
import { pageHeaders } from './document/security'

/** What a handler answers: a page, or the way on after a form. */
export type Reply =
  | { status: number; page: string; leaves: boolean }
  | { status: 303; location: string }

/** A page. `leaves` when one of its forms ends at an address of the integration. */
export function page(text: string, { status = 200, leaves = false } = {}): Reply {
  return { status, page: text, leaves }
}

/** The answer to a form that did its work: look there, with GET. */
export function seeOther(location: string): Reply {
  return { status: 303, location }
}

/** Sends a reply. A HEAD request gets the headers alone. */
export function send(reply: Reply, response: ServerResponse, method: string): void {
  if ('location' in reply) {
    response.writeHead(303, { Location: reply.location, 'Cache-Control': 'no-store' }).end()
    return
  }
  response.writeHead(reply.status, pageHeaders(reply))
  response.end(method === 'HEAD' ? undefined : reply.page)
}
