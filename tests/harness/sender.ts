import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type Stripe from 'stripe'

/** What Stripe's side of the line knows: what it sent, what was answered, and how fast. */
export type Sender = {
  /** Sends an event to `url` again and again, freshly signed, until a 2xx is heard. */
  deliver(url: string, event: Stripe.Event): Promise<void>
  /** The events for which a 2xx was heard. */
  acknowledged: Set<string>
  /** How often each answer came; `none` for a connection that broke. */
  answers: Map<string, number>
  /** Milliseconds until each 2xx, of the attempt that got it. */
  latencies: number[]
}

/**
 * Plays Stripe's deliverer. `split`: the body follows only when the application has read the head,
 * so that a server can die between the two; each delivery then has a connection of its own.
 */
export function createSender(secret: string, { split = false } = {}): Sender {
  const agent = new Agent(split ? {} : { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const acknowledged = new Set<string>()
  const answers = new Map<string, number>()
  const latencies: number[] = []
  return {
    ...{ acknowledged, answers, latencies },
    async deliver(url, event) {
      // Stripe indents its bodies, too.
      const body = JSON.stringify(event, null, 2)
      for (;;) {
        const began = performance.now()
        const status = await post({ url, body, agent, split, header: sign(secret, body) })
        answers.set(status, (answers.get(status) ?? 0) + 1)
        if (/^2\d\d$/.test(status)) {
          acknowledged.add(event.id)
          latencies.push(performance.now() - began)
          return
        }
        // Stripe waits for minutes; a server of ours is back in a second.
        await wait(100)
      }
    },
  }
}

function sign(secret: string, body: string): string {
  const t = Math.floor(Date.now() / 1000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}

type Post = { url: string; body: string; agent: Agent; split: boolean; header: string }

/** The status that was answered, or `none`. */
function post({ url, body, agent, split, header }: Post): Promise<string> {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Stripe-Signature': header,
  }
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', headers, agent, timeout: 20_000 }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(`${answer.statusCode}`))
      answer.once('error', () => resolve('none'))
    })
    sent.once('timeout', () => void sent.destroy(new Error('timeout')))
    sent.once('error', () => resolve('none'))
    if (!split) return void sent.end(body)
    sent.setHeader('Expect', '100-continue')
    sent.once('continue', () => void sent.end(body))
    sent.flushHeaders()
  })
}
