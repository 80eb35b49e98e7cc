import type { IncomingMessage } from 'node:http'

/** The path and the query of a request. Not by URL: what a client sends is not always one. */
export function targetOf({ url = '/' }: IncomingMessage): { path: string; query: string } {
  const mark = url.indexOf('?')
  return mark < 0
    ? { path: url, query: '' }
    : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}
