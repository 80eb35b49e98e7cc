import { EnvironmentError, env } from '@/lib/env'

// A bad environment stops the server here, with every problem named.
try {
  // next-auth reads this itself, and would otherwise believe the request's Host.
  process.env.AUTH_URL = env().appUrl
  if (env().appEnv === 'production' && !env().stripe.livemode) {
    process.stderr.write(
      '\nSTRIPE_SECRET_KEY is a test key in production: test cards buy real plans here.\n\n',
    )
  }
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error
  process.stderr.write(`\n${error.message}\n\n`)
  process.exit(1)
}
