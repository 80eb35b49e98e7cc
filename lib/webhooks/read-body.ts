import { withDeadline } from '@/lib/deadline'
import { Invalid } from '@/lib/errors'

// Stripe's events are a few kilobytes; ten times the largest seen, and cheap to hash.
const MAX_BYTES = 1024 * 1024

// Stripe sends a body at once. A client that drips must not hold a function for its whole limit.
const READ_MS = 10_000

/**
 * The raw bytes of a request, or null when there are more than 1 MiB. Counts what arrives,
 * because a Content-Length can lie, and stops reading there.
 * @throws {Invalid} it broke off, or did not arrive within ten seconds
 */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length')) > MAX_BYTES) return null
  try {
    return await withDeadline(collect(request.body), READ_MS, () => new Error('too slow'))
  } catch {
    throw new Invalid({ internal: 'The body did not arrive whole.' })
  }
}

async function collect(body: Request['body']): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Not `for await`: its iterator costs as much again as the reading.
  const reader = body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.byteLength
    if (size > MAX_BYTES) {
      void reader?.cancel().catch(() => {})
      return null
    }
    chunks.push(read.value)
  }
  return Buffer.concat(chunks)
}
