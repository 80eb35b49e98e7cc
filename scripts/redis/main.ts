import { parseArgs } from 'node:util'
import { startRedis } from './start'

/**
 * The same server as a process of its own, because Next runs several that must share it:
 * `tsx scripts/redis/main.ts --port 8079 --token secret [--parent]`. One line on stdout says that
 * it listens. SIGTERM and SIGINT end it; with `--parent` the end of stdin does too, so that it
 * never outlives a parent that was killed.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    parent: { type: 'boolean', default: false },
  },
})

// A token among the arguments is visible to every user of the machine; the variable is not.
const token = values.token ?? process.env.UPSTASH_REDIS_REST_TOKEN
if (!token)
  throw new Error('Give --token or UPSTASH_REDIS_REST_TOKEN: no client could use a made-up one.')

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  throw new Error(`--port must be a number from 0 to 65535, not "${values.port}".`)
}

const redis = await startRedis({ port, token })
console.log(`redis: listening on ${redis.url}`)

const stop = () => {
  void redis.stop().then(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (values.parent) process.stdin.once('close', stop).once('error', stop).resume()
