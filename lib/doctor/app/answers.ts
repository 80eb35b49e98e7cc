import { type Check, fail, ok, warn } from '@/lib/doctor/check'
import { failureText } from '@/lib/log'

// Milliseconds.
const PATIENCE = 10_000

/** Whether the application answers under APP_URL itself: no redirect, no login of the host before it. */
export const appAnswers: Check = {
  id: 'app',
  title: 'APP_URL answers',
  group: 'Application',
  needs: 'places',
  async look({ env: { appUrl } }) {
    try {
      const response = await fetch(`${appUrl}/api/health`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE),
      })
      const body = await response.text()
      if (response.status >= 300 && response.status < 400)
        return fail(
          `${appUrl} redirects to ${response.headers.get('location')}`,
          'Set APP_URL to where it leads: Stripe counts a redirect as a failed delivery.',
        )
      if (!isHealth(body))
        return fail(
          `something else answers at ${appUrl} (${response.status})`,
          'Correct APP_URL, or switch off what stands before it, such as the protection of deployments.',
        )
      return response.ok
        ? ok(appUrl)
        : warn(
            'it answers, and says that it is not well',
            `Look at ${appUrl}/api/health; docs/how-to/watch-it.md says what each word means.`,
          )
    } catch (error) {
      return fail(
        `no answer at ${appUrl}: ${failureText(error)}`,
        'Start it, or correct APP_URL: name, port, certificate.',
      )
    }
  },
}

function isHealth(body: string): boolean {
  try {
    const { status, checks }: { status?: unknown; checks?: unknown } = Object(JSON.parse(body))
    return typeof status === 'string' && typeof checks === 'object'
  } catch {
    return false
  }
}
