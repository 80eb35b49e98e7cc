import { vi } from 'vitest'
import type { Browser } from './browser.fixture'
import { signInWith } from './sign-in'

export type GitHubEmail = { email: string; primary: unknown; verified: unknown }

/** Plays GitHub for one account: its token, profile and addresses. */
export function playGitHub(id: number, emails: GitHubEmail[], profile: object = {}): void {
  vi.stubGlobal('fetch', async (input: string | URL | Request) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    if (pathname === '/user') {
      return Response.json({ id, login: 'ada', email: emails[0]?.email, ...profile })
    }
    if (pathname === '/user/emails') return Response.json(emails)
    return Response.json({ access_token: 'gho_1', token_type: 'bearer', scope: 'user:email' })
  })
}

/** Presses the button and answers where it leads: GitHub's or Google's page, with our state on it. */
export async function leaveFor(provider: 'github' | 'google', returnTo: string): Promise<URL> {
  // Next redirects by throwing an error whose digest names the address.
  const thrown: unknown = await signInWith(provider, returnTo).catch((error: unknown) => error)
  const { digest } = Object(thrown)
  if (typeof digest !== 'string') throw thrown
  return new URL(digest.split(';').find((part) => part.startsWith('https:')) ?? '')
}

/** Presses the button, agrees at GitHub, and comes back. */
export async function throughGitHub(
  browser: Browser,
  changeState: (state: string) => string = (state) => state,
) {
  const target = await leaveFor('github', '/pricing')
  const state = changeState(target.searchParams.get('state') ?? '')
  const query = new URLSearchParams({ code: 'c', state })
  const response = await browser.open(`/api/auth/callback/github?${query}`)
  return { target, to: response.headers.get('location') }
}
