import { fail, type Verdict, type Words } from '@/lib/doctor/check'

/** The variables that have a check of their own; problems of all others are reported together. */
export const CLAIMED = {
  app_url: ['APP_URL'],
  auth_secret: ['AUTH_SECRET', 'AUDIT_SECRET'],
  cron_secret: ['CRON_SECRET'],
  sign_in: ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET', 'AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  admin_emails: ['ADMIN_EMAILS'],
  proxies: ['TRUSTED_PROXIES'],
  key_mode: ['STRIPE_SECRET_KEY', 'STRIPE_API_BASE'],
  publishable_key: ['NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY', 'STRIPE_PUBLISHABLE_KEY'],
  webhook_secret: ['STRIPE_WEBHOOK_SECRET'],
  mail_variables: ['EMAIL_SERVER', 'EMAIL_FROM'],
  tls: ['NODE_TLS_REJECT_UNAUTHORIZED'],
} as const

/** What a start would refuse about these variables; null: nothing. Each sentence begins with its variable. */
export function refused({ problems }: Words, names: readonly string[]): Verdict | null {
  const own = problems.filter((problem) => names.some((name) => problem.startsWith(`${name} `)))
  return own.length === 0 ? null : fail(own.join(' '), SET_IT)
}

export const SET_IT =
  'Set it in .env.local here, or in the settings of your host; .env.example explains it.'
