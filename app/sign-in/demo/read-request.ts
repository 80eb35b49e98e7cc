import { readDemoForm } from '@/app/sign-in/read-form'
import { Invalid } from '@/lib/errors'
import { readBody } from '@/lib/webhooks/read-body'

// Bytes. An address, a plan and a path to return to: an ordinary one has a hundred.
const MAX_BYTES = 4096

/** Reads which demo user is chosen, from a small form as browsers send it. @throws {Invalid} */
export async function readDemoRequest(request: Request) {
  const { headers } = request
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(
    headers.get('content-type') ?? '',
  )
  const isSmall = Number(headers.get('content-length') ?? 0) <= MAX_BYTES
  const body = isForm && isSmall ? await readBody(request) : null
  if (!body || body.byteLength > MAX_BYTES) throw new Invalid('not_a_form')
  const form = new FormData()
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString())) {
    form.append(name, value)
  }
  return readDemoForm(form)
}
