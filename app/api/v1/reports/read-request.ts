import { Invalid } from '@/lib/errors'
import type { Asked } from '@/lib/reports/create'
import { readTitle } from '@/lib/reports/read-title'
import { readBody } from '@/lib/webhooks/read-body'

/** Reads the JSON of a new report, and the key that names its use. @throws {Invalid} */
export async function readRequest(request: Request): Promise<Asked> {
  const key = keyOf(request.headers.get('idempotency-key'))
  const body = await readBody(request)
  return { title: readTitle(titleOf(body)), key }
}

// Quoted in draft-ietf-httpapi-idempotency-key-header, and plain at Stripe: both are taken, as the same key.
function keyOf(header: string | null): string {
  const [, , key] = /^("?)([\x21\x23-\x7e]{1,128})\1$/.exec(header ?? '') ?? []
  if (key !== undefined) return key
  throw new Invalid('use_key', { 'Idempotency-Key': '1 to 128 visible ASCII characters.' })
}

function titleOf(bytes: Uint8Array | null): unknown {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes ?? []).toString())
    return typeof body === 'object' && body !== null && 'title' in body ? body.title : undefined
  } catch {
    return undefined
  }
}
