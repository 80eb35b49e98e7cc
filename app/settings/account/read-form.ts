import { fieldText } from '@/app/form-field'
import { normalizeEmail } from '@/lib/auth/email-address'
import { Invalid } from '@/lib/errors'
import { isOptionalEmail, type OptionalEmail } from '@/lib/optional-emails'

/**
 * Which emails, and whether they are to come: said outright, so that a second press changes
 * nothing.
 * @throws {Invalid}
 */
export function readEmailsForm(form: FormData): { kind: OptionalEmail; on: boolean } {
  const [kind, on] = [fieldText(form, 'kind'), fieldText(form, 'on')]
  if (!isOptionalEmail(kind) || (on !== 'yes' && on !== 'no')) throw new Invalid('unknown_form')
  return { kind, on: on === 'yes' }
}

/**
 * The address that was typed to confirm, spelled as ours. What is no address at all is another one.
 * @throws {Invalid}
 */
export function readOwnEmail(form: FormData): string {
  try {
    return normalizeEmail(fieldText(form, 'email') ?? '')
  } catch (error) {
    throw error instanceof Invalid ? new Invalid('other_email', { email: 'Not yours.' }) : error
  }
}
