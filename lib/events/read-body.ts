// Stripe's events are a few kilobytes; ten times the largest seen, and cheap to hash.
const MAX_BYTES = 1024 * 1024

/**
 * The raw bytes of a request, or null when there are more than 1 MiB. Counts what arrives,
 * because a Content-Length can lie, and stops reading there.
 */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length')) > MAX_BYTES) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
