import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error'

// Far above any form that the SDK can send with its own limits on lists.
const MAX_BYTES = 1024 * 1024

/** The whole body as text. Throws ApiError 413 when it is too long. */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) throw tooLong()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BYTES) throw tooLong()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tooLong(): ApiError {
  const message = `The body is longer than ${MAX_BYTES} bytes.`
  return new ApiError(413, { type: 'invalid_request_error', message })
}
