import { ApiError } from './api-error'
import type { FormTree, FormValue } from './form'
import UNSERVED from './unserved.json' with { type: 'json' }
import TABLE from './unsupported.json' with { type: 'json' }

/** What of an endpoint's parameters Stripe has and the sandbox does not play. A list is written `[]`. */
export interface Unsupported {
  params?: readonly string[]
  words?: Readonly<Record<string, readonly string[]>>
}

/** How the sandbox says that it does not play something that Stripe has. */
export function unsupported(what: string, param: string | undefined): ApiError {
  return ApiError.invalid(
    `The sandbox does not play ${what}, although Stripe has it. Leave it out here, or try it against Stripe.`,
    param,
    'sandbox_unsupported',
  )
}

/** A refusal as it is to be sent: what only the sandbox does not know is not called unknown or invalid. */
export function toldApart(error: unknown, endpoint: string, sent: FormTree): unknown {
  if (!(error instanceof ApiError) || error.status !== 400 || !error.body.param) return error
  const { param, code } = error.body
  const known = BY_ENDPOINT[endpoint]
  const place = param.replaceAll(/\[\d*\]/g, '[]')
  if (code === 'parameter_unknown')
    return known?.params?.includes(place) ? unsupported(`\`${param}\``, param) : error
  const value = valueAt(sent, param)
  const isWord = typeof value === 'string' && known?.words?.[place]?.includes(value)
  return isWord ? unsupported(`\`${param}: ${value}\``, param) : error
}

// Made by `fidelity/params/write.ts` from the SDK's types, and compared with them by a test.
const BY_ENDPOINT: Readonly<Record<string, Unsupported>> = TABLE
const ELSEWHERE: readonly string[] = UNSERVED

/** Whether Stripe answers such a request, and the sandbox does not. */
export function isUnserved(method: string, path: string): boolean {
  const asked = path.split('/')
  return ELSEWHERE.some((call) => {
    const [verb, pattern = ''] = call.split(' ')
    const parts = pattern.split('/')
    const same = (part: string, nth: number) => part.startsWith(':') || part === asked[nth]
    return verb === method && parts.length === asked.length && parts.every(same)
  })
}

function valueAt(sent: FormTree, param: string): FormValue | undefined {
  let at: FormValue | undefined = sent
  for (const key of param.split(/\[|\]\[|\]/).filter((part) => part !== ''))
    at = typeof at === 'object' ? at[key] : undefined
  return at
}
