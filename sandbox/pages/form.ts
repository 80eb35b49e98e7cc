import type { IncomingMessage } from 'node:http'
import { isOfAnotherSite } from '@/sandbox/http/host-guard'
import { Refusal } from './refusal'

// Our largest form is a postal address; 64 KiB is far beyond it.
const MAX_BYTES = 64 * 1024

/** Reads a posted form, after making sure that a page of this sandbox sent it. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  refuseOtherSites(request)
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    throw new Refusal(
      415,
      'That form could not be read',
      'Send it as application/x-www-form-urlencoded.',
    )
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BYTES) throw new Refusal(413, 'That form is too large', 'Send less than 64 KiB.')
    chunks.push(bytes)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

/** The address is the secret; should it leak, another site still cannot make a browser act on it. */
function refuseOtherSites({ headers }: IncomingMessage): void {
  if (isOfAnotherSite(headers))
    throw new Refusal(
      403,
      'This form came from another site',
      'Open the page itself and send the form from there.',
    )
}
