import type { AppEnv } from './app-env'
import { type Given, isDeployed } from './env-given'
import { isLoopback, isNear, isPrivate } from './env-hosts'
import { isGuessable, isPlaceholder, isWorded } from './env-secrets'
import { twins } from './env-twins'
import { listed } from './env-values'

/** What an attacker could read on the network, or guess: a sentence each, and false for what is in order. */
export function exposures(v: Given, appEnv: AppEnv) {
  const deployed = isDeployed(appEnv)
  return [
    deployed && openAddress(v.APP_URL, appEnv),
    leaves(v.UPSTASH_REDIS_REST_URL, 'http:', isNear) &&
      'UPSTASH_REDIS_REST_URL is plain http:// to another machine: its token could be read on the way. Give the https:// address.',
    // STARTTLS does not count: our SMTP client checks no certificate after it.
    leaves(v.EMAIL_SERVER, 'smtp:', isLoopback) &&
      'EMAIL_SERVER is plain smtp:// to another machine: sign-in links and the password could be read on the way. Give smtps://user:password@host:465.',
    v.OTEL_EXPORTER_OTLP_HEADERS &&
      leaves(v.OTEL_EXPORTER_OTLP_ENDPOINT, 'http:', isPrivate) &&
      'OTEL_EXPORTER_OTLP_ENDPOINT is plain http:// to another network: its headers could be read on the way. Give the https:// address.',
    deployed && openDatabase('DATABASE_URL', v),
    deployed && openDatabase('DIRECT_DATABASE_URL', v),
    deployed &&
      v.NODE_TLS_REJECT_UNAUTHORIZED === '0' &&
      'NODE_TLS_REJECT_UNAUTHORIZED is 0: an attacker on the network could pass for Stripe. Remove it.',
    ...DRAWN.map((name) => deployed && typed(name, v)),
    deployed &&
      listed(v.STRIPE_WEBHOOK_SECRET ?? '').some(
        (one) => /^whsec_.{16}/.test(one) && isGuessable(one.slice(6)),
      ) &&
      'STRIPE_WEBHOOK_SECRET can be guessed. Give the whsec_… of the webhook endpoint (two, comma-separated, while rotating).',
    // The scheduler sends it with each call; the others must not be exposed with it.
    ...['AUTH_SECRET', 'AUDIT_SECRET'].map(
      (other) =>
        twins(v, ['CRON_SECRET', other]).length > 0 &&
        `CRON_SECRET and ${other} are the same: the one is sent about, the other must not be. Make another one with \`openssl rand -base64 33\`.`,
    ),
  ]
}

const DRAWN = ['AUTH_SECRET', 'CRON_SECRET', 'AUDIT_SECRET', 'METRICS_TOKEN']

function openAddress(appUrl: string | undefined, appEnv: AppEnv): string | false {
  if (!appUrl || !URL.canParse(appUrl)) return false
  const { protocol, hostname } = new URL(appUrl)
  if (protocol !== 'http:' || (appEnv === 'preview' && isLoopback(hostname))) return false
  return `APP_URL must start with https:// in ${appEnv}.`
}

type Knows = (hostname: string) => boolean

function leaves(value: string | undefined, open: string, stays: Knows): boolean {
  if (!value || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === open && !stays(hostname)
}

// Words of libpq. `require` encrypts; only the verifying ones also check the server's identity.
const DECIDED = /^(require|verify-ca|verify-full|true|disable|false)$/

function openDatabase(name: string, v: Given): string | false {
  const value = v[name]
  if (!value || !URL.canParse(value)) return false
  const { hostname, searchParams } = new URL(value)
  // Without a host it is this machine's. The password is never sent as it is, so a private network will do.
  if (hostname === '' || isPrivate(hostname)) return false
  const mode = searchParams.get('sslmode') ?? searchParams.get('ssl') ?? ''
  if (DECIDED.test(mode) || searchParams.get('sslrootcert') === 'system') return false
  return `${name} leads out of this network without TLS. Add ?sslmode=require, or verify-full, which checks the certificate as well. Where the way there is yours alone, say ?sslmode=disable.`
}

function typed(name: string, v: Given): string | false {
  const worded = (one: string) => one.length >= 32 && isWorded(one) && !isPlaceholder(one)
  const words = listed(v[name] ?? '').some(worded)
  return words && `${name} is made of words. Make one with \`openssl rand -base64 33\`.`
}
