import { randomBytes } from 'node:crypto'
import { logFile } from './log-file'
import type { Part } from './part'
import { script } from './paths'
import { freePort } from './ports'
import { startService } from './service'
import { untilAnswers } from './until-answers'

/** The embedded Redis as its own process: Next runs several, and they must see one store. */
export async function embedRedis(options: { port: number; log: string }): Promise<Part> {
  const port = await freePort(options.port)
  const url = `http://127.0.0.1:${port}`
  const token = randomBytes(24).toString('base64url')
  const ping = {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify(['ping']),
  }
  return startService({
    name: 'Redis',
    note: 'embedded, in memory',
    command: script('scripts/redis/main.ts', '--port', String(port)),
    // Arguments are visible to every user of the machine; the environment is not.
    processEnv: { ...process.env, UPSTASH_REDIS_REST_TOKEN: token },
    log: logFile(options.log),
    env: { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token },
    ready: (child) =>
      untilAnswers(url, child, { seconds: 20, accept: (status) => status === 200, init: ping }),
  })
}
