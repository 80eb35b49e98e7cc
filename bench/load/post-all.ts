import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'

/** How it went: milliseconds until each answer, and for all together; and which answers were no 2xx. */
export type Posted = { latencies: number[]; ms: number; refused: number }

// As many connections as Stripe's deliveries of a burst.
const CONNECTIONS = 24

/** Posts each body once to `url`, freshly signed, over so many connections, which stay open. */
export async function postAll(
  url: string,
  bodies: readonly string[],
  secret: string,
  agent: Agent,
  connections = CONNECTIONS,
): Promise<Posted> {
  const posted: Posted = { latencies: [], ms: 0, refused: 0 }
  const queue = bodies.values()
  const began = performance.now()
  const lines = Array.from({ length: connections }, async () => {
    for (const body of queue) {
      const sentAt = performance.now()
      const status = await post(url, body, secret, agent)
      posted.latencies.push(performance.now() - sentAt)
      if (status < 200 || status > 299) posted.refused += 1
    }
  })
  await Promise.all(lines)
  posted.ms = performance.now() - began
  return posted
}

export function newAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
}

/** The status of the answer, once all of it is there. */
function post(url: string, body: string, secret: string, agent: Agent): Promise<number> {
  const t = Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Stripe-Signature': `t=${t},v1=${mac}`,
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
      answer.once('error', reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
