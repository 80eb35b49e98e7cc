import { script } from '@/scripts/stack/paths'
import { runHere } from '@/scripts/stack/run'

/**
 * Takes a customer through the standalone output in a real browser: sign-in, purchase, plan, invoices and
 * cancellation, on a Postgres, a Redis and a sandbox of its own. The build that stands is the one that runs.
 * @returns whether all of the story went well
 */
export async function buysInBrowser(): Promise<boolean> {
  const command = script('scripts/test-e2e.ts', 'e2e/story.spec.ts')
  return (await runHere(command, { ...process.env, E2E_STANDALONE: '1' })) === 0
}
