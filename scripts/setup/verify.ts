import type { Finding } from '@/lib/doctor/check'
import { examine } from '@/lib/doctor/examine'
import { openPlaces } from '@/lib/doctor/places'
import { readWords } from '@/lib/doctor/read-words'
import { functionFiles } from '@/scripts/migrations/functions'
import { startReceiver } from './receiver'

/**
 * The doctor's checks. Where the application does not run yet, a signed event goes to the webhook's way in
 * of this process, and the address is looked at by the doctor later.
 */
export async function verify(): Promise<Finding[]> {
  // Read anew: what was just made is in it by now.
  const { words, env } = readWords(process.env, process.version)
  const texts = functionFiles().map(({ text }) => text)
  const places = env ? openPlaces(env, texts) : null
  const found = await examine({ words, places })
  if (!env || found.find(({ id }) => id === 'app')?.status !== 'fail') return found
  const receiver = await startReceiver(env.stripe.webhookSecrets)
  try {
    const here = openPlaces({ ...env, appUrl: receiver.url }, texts)
    const seen = await examine({ words, places: here }, ['webhook_round_trip'])
    return found
      .filter(({ id }) => id !== 'app')
      .map((one) => seen.find(({ id }) => id === one.id) ?? one)
  } finally {
    receiver.stop()
  }
}
