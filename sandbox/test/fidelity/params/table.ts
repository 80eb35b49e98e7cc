import { ENDPOINTS } from '@/sandbox/api/endpoints'
import type { Endpoint } from '@/sandbox/http/endpoint'
import type { Unsupported } from '@/sandbox/http/unsupported'
import { compare, type Difference } from './compare'
import { formatted } from './formatted'
import { callOf, paramsByCall } from './sdk-calls'

interface Compared extends Difference {
  endpoint: Endpoint
  /** Whether the SDK can make this request at all. */
  known: boolean
}

/** Every endpoint, compared with what the installed SDK sends to it. */
export function compareAll(): Compared[] {
  const calls = paramsByCall()
  return ENDPOINTS.map((endpoint) => {
    const type = calls.get(callOf(endpoint.method, endpoint.path))
    return { endpoint, known: type !== undefined, ...compare(endpoint.shape, type ?? null) }
  })
}

/** What `http/unsupported.json` has to say. */
export function unsupportedText(): string {
  const entries = compareAll().flatMap(({ endpoint, params, words }): [string, Unsupported][] => {
    const some = {
      ...(params.length > 0 ? { params: params.sort() } : {}),
      ...(Object.keys(words).length > 0 ? { words } : {}),
    }
    return Object.keys(some).length > 0 ? [[`${endpoint.method} ${endpoint.path}`, some]] : []
  })
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `${formatted(Object.fromEntries(sorted))}\n`
}

/** The table of the README: what each endpoint takes, and what of Stripe's it refuses. */
export function readmeTable(): string {
  const rows = compareAll().map(({ endpoint, params, words, ignored }) => {
    const taken = Object.keys(endpoint.shape).filter((name) => !ignored.includes(name))
    const refused = [
      ...params,
      ...Object.entries(words).map(([at, of]) => `${at}: ${of.join(' / ')}`),
    ]
    const cells = [taken, ignored, refused].map((names) => names.sort().map(code).join(' '))
    return `| ${code(`${endpoint.method} ${endpoint.path}`)} | ${cells.join(' | ')} |`
  })
  const head = '| endpoint | plays | takes, without effect | refuses as unsupported |'
  // Aligned, its columns would be wider than any screen.
  // For the formatter, in the document: no check of this code is silenced by it.
  const unaligned = `<!-- ${'biome'}-ignore format: rows as long as these are not aligned -->`
  return [unaligned, head, '| --- | --- | --- | --- |', ...rows.sort()].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}
