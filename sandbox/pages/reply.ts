import type { ServerResponse } from 'node:http'
import { SCRIPT } from './document/script'
import { type Manners, pageHeaders } from './document/security'

/** What a handler answers: a page, or the way on after a form. */
export type Reply =
  | ({ status: number; page: string } & Manners)
  | { status: 303; location: string }
  | { status: 200; file: Buffer; type: string; name: string }
  | { status: 200; script: string }

/** A page, and what is special of it. */
export function page(
  text: string,
  { status = 200, ...manners }: Partial<Manners> & { status?: number } = {},
): Reply {
  return { status, page: text, leaves: false, framed: false, runs: SCRIPT, ...manners }
}

/** A script for pages of any site. */
export function script(text: string): Reply {
  return { status: 200, script: text }
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
  if ('script' in reply) {
    response.writeHead(200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    response.end(method === 'HEAD' ? undefined : reply.script)
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
