/** A variable that was given, in the shell or in an .env file; a blank one counts as missing. */
export function given(name: string): string | undefined {
  return process.env[name]?.trim() || undefined
}

/**
 * Refuses a secret that is set but empty: every attacker can sign with an empty key, and putting our
 * own in its place would hide the mistake until the deploy.
 */
export function refuseBlankSecrets(): void {
  const names = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'AUTH_SECRET', 'CRON_SECRET']
  const blank = names.filter((name) => process.env[name] !== undefined && !given(name))
  if (blank.length === 0) return
  const lines = blank.map((name) => `${name} is set but empty. Remove it or give it its value.`)
  throw new Error(lines.join('\n'))
}
