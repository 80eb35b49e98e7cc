import type { SignInMethod } from './sign-in-methods'

/** Sign-in methods as a person reads them. */
export const METHOD_NAMES: Record<SignInMethod, string> = {
  email: 'a link by e-mail',
  github: 'GitHub',
  google: 'Google',
}
