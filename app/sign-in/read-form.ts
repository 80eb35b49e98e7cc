import { z } from 'zod'
import { fieldText } from '@/app/form-field'
import { DEMO_USERS } from '@/lib/auth/demo'
import { normalizeEmail } from '@/lib/auth/email-address'
import { PROVIDERS } from '@/lib/auth/sign-in-methods'
import { Invalid } from '@/lib/errors'
import { destination } from './destination'

/** Reads the address and where to go afterwards. @throws {Invalid} */
export function readEmailForm(form: FormData): { email: string; returnTo: string } {
  return { email: normalizeEmail(fieldText(form, 'email') ?? ''), returnTo: readDestination(form) }
}

/** Reads which other site to sign in with, and where to go afterwards. @throws {Invalid} */
export function readProviderForm(form: FormData) {
  const provider = Provider.safeParse(fieldText(form, 'provider'))
  if (provider.success) return { provider: provider.data, returnTo: readDestination(form) }
  throw new Invalid('unknown_sign_in_method', { provider: 'Not one of ours.' })
}

/** Reads which demo user to sign in as; no other user can be chosen. @throws {Invalid} */
export function readDemoForm(form: FormData): { email: string; returnTo: string } {
  const email = fieldText(form, 'email')
  const user = DEMO_USERS.find((known) => known.email === email)
  if (user) return { email: user.email, returnTo: readDestination(form) }
  throw new Invalid('unknown_demo_user', { email: 'Not one of them.' })
}

const Provider = z.enum(PROVIDERS)

function readDestination(form: FormData): string {
  return destination({
    plan: fieldText(form, 'plan'),
    interval: fieldText(form, 'interval'),
    code: fieldText(form, 'code'),
    from: fieldText(form, 'from'),
    return: fieldText(form, 'return'),
  })
}
