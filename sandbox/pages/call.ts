import type { IncomingMessage } from 'node:http'
import type { Sandbox } from '@/sandbox/sandbox'
import { Refusal } from './refusal'

/** One request for a page. `ids` are the named parts of its path, decoded. */
export type Call = {
  sandbox: Sandbox
  request: IncomingMessage
  method: 'GET' | 'POST'
  query: URLSearchParams
  ids: Record<string, string>
}

/** A part of the path that the route's pattern guarantees. */
export function id(call: Call, name: string): string {
  return call.ids[name] ?? ''
}

/** Refuses to change anything on GET, or to show anything on POST. */
export function allow(call: Call, method: Call['method']): void {
  if (call.method !== method)
    throw new Refusal(
      405,
      'That page works another way',
      `This address answers ${method} only. Go back and use the button.`,
    )
}
