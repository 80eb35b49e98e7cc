import { fieldText } from '@/app/form-field'
import { isSignInMethod, type SignInMethod } from '@/lib/auth/sign-in-methods'
import { Invalid } from '@/lib/errors'

/** Reads which sign-in method is meant. @throws {Invalid} */
export function readMethodForm(form: FormData): SignInMethod {
  const method = fieldText(form, 'method')
  if (isSignInMethod(method)) return method
  throw new Invalid('unknown_sign_in_method', { method: 'Not one of ours.' })
}
