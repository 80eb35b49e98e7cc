import { AppEnv } from './app-env'

/** The variables as they were given, blank ones left out. */
export type Given = Record<string, string | undefined>

/** Whether others than a developer reach it. */
export function isDeployed(appEnv: AppEnv): boolean {
  return appEnv === 'preview' || appEnv === 'production'
}

/** Whether this is one of Vercel's deployments; `vercel env pull` gives a developer the same variables. */
export function isVercel(v: Given): boolean {
  return v.VERCEL === '1' && (v.VERCEL_ENV === 'preview' || v.VERCEL_ENV === 'production')
}

/** Vercel gives each deployment its own host in a variable; only there may APP_URL be left out. */
export function vercelUrl(given: Given): string | undefined {
  const host =
    given.VERCEL_ENV === 'production' ? given.VERCEL_PROJECT_PRODUCTION_URL : given.VERCEL_URL
  return host ? `https://${host}` : undefined
}

/** Whether a key moves real money. */
export function isLive(key: string | undefined): boolean {
  return /^[a-z]+_live_/.test(key ?? '')
}

/** What was said, else what Vercel says, else what Node says, else development. */
export function appEnvOf(given: Given): AppEnv {
  const guess = AppEnv.safeParse(given.APP_ENV ?? given.VERCEL_ENV ?? given.NODE_ENV)
  return guess.success ? guess.data : 'development'
}
