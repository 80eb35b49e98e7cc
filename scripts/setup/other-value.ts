import { basename } from 'node:path'
import { given } from '@/scripts/stack/given'
import { hasValue, readText } from './env-file'
import type { SetupOptions } from './options'

/**
 * Refuses an option whose variable has another value already: what stands there is never replaced, so
 * the push would go to an account, or for an address, that was not asked for. To be asked before anything
 * is pushed or written, with `file` in the environment.
 * @throws a sentence that names the variable and shows neither value
 */
export function refuseOtherValue({ key, appUrl }: SetupOptions, file: string): void {
  const asked = [
    { name: 'STRIPE_SECRET_KEY', option: '--stripe-secret-key', value: key },
    { name: 'APP_URL', option: '--app-url', value: appUrl },
  ]
  for (const { name, option, value } of asked) {
    const stands = given(name)
    if (value === null || !stands || plain(stands) === plain(value)) continue
    const place = hasValue(readText(file), name) ? basename(file) : 'the shell or another .env file'
    throw new Error(
      `${name} stands already in ${place}, with another value than ${option}. Nothing was pushed or written. Remove it there, or leave ${option} out.`,
    )
  }
}

// Only an address means the same in upper and lower case.
function plain(value: string): string {
  return /^https?:/i.test(value) && URL.canParse(value) ? new URL(value).href : value
}
