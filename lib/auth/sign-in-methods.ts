import { env } from '@/lib/env'
import { canSendLinks } from './can-send-links'

/** The sites that can vouch for a user, as next-auth names them. */
export const PROVIDERS = ['github', 'google'] as const

export type Provider = (typeof PROVIDERS)[number]
export type SignInMethod = 'email' | Provider

/** Which sign-in methods exist here. */
export function signInMethods(): Record<SignInMethod, boolean> {
  const { github, google } = env().auth
  return { email: canSendLinks(), github: github !== null, google: google !== null }
}

/**
 * The methods that let this user in now, out of what is set up here and what is theirs. Links that were
 * turned off work again when no other method is left, as when GitHub is no longer set up: the address
 * is proven, and the alternative is a customer who pays and cannot get in.
 */
export function openMethods(
  user: { emailSignIn: boolean },
  accounts: readonly { provider: string }[],
): SignInMethod[] {
  const here = signInMethods()
  const others = PROVIDERS.filter((id) => here[id] && accounts.some((own) => own.provider === id))
  const links = here.email && (user.emailSignIn || others.length === 0)
  return links ? ['email', ...others] : others
}

/** Whether what a form or an address says is a way to sign in. */
export function isSignInMethod(value: unknown): value is SignInMethod {
  return value === 'email' || isProvider(value)
}

/** Whether it is a site that one signs in with, and not the link by email. */
export function isProvider(value: unknown): value is Provider {
  return PROVIDERS.some((id) => id === value)
}
