import { keepFromRedirecting } from '@/app/api/no-redirect'
import { closeAllButSetup } from '@/app/setup/closed'
import { env, givenVariables } from '@/lib/env'
import { EnvironmentError } from '@/lib/env-error'
import { remarks } from '@/lib/env-remarks'
import { checkKey } from '@/lib/health/check-key'
import { quietConsole } from '@/lib/quiet-console'
import { meetRequests } from '@/lib/requests/meet'
import { isFresh } from '@/lib/setup/is-fresh'

keepFromRedirecting()

// A bad environment stops the server here, with every problem named.
try {
  // next-auth reads this itself, and would otherwise believe the request's Host.
  process.env.AUTH_URL = env().appUrl
  meetRequests(env())
  const { telemetry, appEnv } = env()
  // Its packages are read only where spans go somewhere.
  if (telemetry) (await import('@/lib/telemetry/start')).startTelemetry({ telemetry, appEnv })
  for (const remark of remarks(env())) process.stderr.write(`\n${remark}\n`)
  // Not waited for: a server must start while Stripe is away.
  void checkKey()
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error
  process.stderr.write(`\n${error.message}\n\n`)
  if (!(await isFresh(error, givenVariables()))) process.exit(1)
  process.stderr.write('Nothing is served but /setup, which says what to do.\n\n')
  closeAllButSetup()
}

// In development a person reads it, with its stack.
if (process.env.NODE_ENV === 'production') quietConsole(console)
