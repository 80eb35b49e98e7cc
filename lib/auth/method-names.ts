import type { SignInMethod } from './sign-in-methods'

/** Sign-in methods as a person reads them. */
export const METHOD_NAMES: Record<SignInMethod, string> = {
  email: 'a link by email',
  github: 'GitHub',
  google: 'Google',
}
