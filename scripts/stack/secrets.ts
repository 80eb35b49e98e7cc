import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { given } from './given'

const Secrets = z.object({
  AUTH_SECRET: z.string(),
  CRON_SECRET: z.string(),
  STRIPE_WEBHOOK_SECRET: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** Secrets that are made once and kept in `file`, so that sessions survive a restart. */
export function keptSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify(newSecrets(), null, 2)}\n`, { mode: 0o600 })
  }
  const kept = Secrets.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (kept.success) return kept.data
  throw new Error(`${file} is damaged. Delete it; every user signs in anew after that.`)
}

/** The given secrets, and kept ones in the place of those that are missing. */
export function givenOr(kept: Secrets): Secrets {
  return {
    AUTH_SECRET: given('AUTH_SECRET') ?? kept.AUTH_SECRET,
    CRON_SECRET: given('CRON_SECRET') ?? kept.CRON_SECRET,
    STRIPE_WEBHOOK_SECRET: given('STRIPE_WEBHOOK_SECRET') ?? kept.STRIPE_WEBHOOK_SECRET,
  }
}

export function newSecrets(): Secrets {
  const [auth, cron, webhook] = [1, 2, 3].map(() => randomBytes(33).toString('base64url'))
  return {
    AUTH_SECRET: `${auth}`,
    CRON_SECRET: `${cron}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${webhook}`,
  }
}
