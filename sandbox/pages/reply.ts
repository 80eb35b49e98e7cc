import type { ServerResponse } from 'node:http'
import { pageHeaders } from './document/security'

/** What a handler answers: a page, or the way on after a form. */
export type Reply =
  | { status: number; page: string; leaves: boolean }
  | { status: 303; location: string }
  | { status: 200; file: Buffer; type: string; name: string }

/** A page. `leaves` when one of its forms ends at an address of the integration. */
export function page(text: string, { status = 200, leaves = false } = {}): Reply {
  return { status, page: text, leaves }
}

/** The answer to a form that did its work: look there, with GET. */
export function seeOther(location: string): Reply {
  return { status: 303, location }
}

/** Something to keep. `name` has letters, digits and dashes only. */
export function file(content: Buffer, type: string, name: string): Reply {
  return { status: 200, file: content, type, name }
}

/** Sends a reply. A HEAD request gets the headers alone. */
export function send(reply: Reply, response: ServerResponse, method: string): void {
  if ('location' in reply) {
    response.writeHead(303, { Location: reply.location, 'Cache-Control': 'no-store' }).end()
    return
  }
  if ('file' in reply) {
    response.writeHead(200, {
      'Content-Type': reply.type,
      'Content-Disposition': `inline; filename="${reply.name}"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    response.end(method === 'HEAD' ? undefined : reply.file)
    return
  }
  response.writeHead(reply.status, pageHeaders(reply))
  response.end(method === 'HEAD' ? undefined : reply.page)
}
