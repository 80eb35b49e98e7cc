import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * An environment whose Postgres, Redis and Stripe are one port that counts who comes near. Call it
 * before anything reads the environment, which happens once.
 */
export async function setTripwire(secrets: readonly string[]) {
  let touched = 0
  const server = createServer((socket) => {
    touched += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const here = `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  Object.assign(process.env, {
    APP_ENV: 'test',
    APP_URL: 'http://localhost:3000',
    DATABASE_URL: `postgres://unknown:nothing@${here}/none`,
    UPSTASH_REDIS_REST_URL: `http://${here}`,
    UPSTASH_REDIS_REST_TOKEN: 'none',
    STRIPE_API_BASE: `http://${here}`,
    STRIPE_SECRET_KEY: 'sk_test_ledgerline',
    STRIPE_WEBHOOK_SECRET: secrets.join(','),
    AUTH_SECRET: 'for-tests-only-and-long-enough-to-be-one',
  })
  return {
    touched: () => touched,
    forget() {
      touched = 0
    },
    stop: () => server.close(),
  }
}
