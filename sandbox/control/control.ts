import type { IncomingMessage, ServerResponse } from 'node:http'
import { chaosOf } from '@/sandbox/chaos/chaos'
import { ApiError } from '@/sandbox/http/api-error'
import { readBody } from '@/sandbox/http/read-body'
import { targetOf } from '@/sandbox/http/target'
import { dunningOf } from '@/sandbox/lifecycle/dunning/policy'
import type { Sandbox } from '@/sandbox/sandbox'
import { authenticateIntent } from './authenticate'
import { changeChaos } from './change-chaos'
import { changeSettings } from './change-settings'
import { deliverAgain } from './deliver-again'
import { giveDiscount } from './discount-customer'
import { listDeliveries } from './list-deliveries'
import { moveClock } from './move-clock'
import { rollSecret } from './roll-secret'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>
type Action = (body: string, id: string) => object | Promise<object>

/** Serves `/_sandbox`: what a test or a developer may do to this Stripe, and no client may do to the real one. */
export function createControl(sandbox: Sandbox): Handler {
  const { clock, deliverer } = sandbox
  const actions: [method: string, path: RegExp, action: Action][] = [
    ['GET', /^\/_sandbox\/health$/, () => ({ ok: true, now: clock.now() })],
    ['GET', /^\/_sandbox\/deliveries$/, () => listDeliveries(sandbox)],
    ['POST', /^\/_sandbox\/deliveries\/pause$/, () => done(deliverer.pause)],
    ['POST', /^\/_sandbox\/deliveries\/resume$/, () => done(deliverer.resume)],
    ['POST', /^\/_sandbox\/events\/([^/]+)\/deliver$/, (_body, id) => deliverAgain(sandbox, id)],
    [
      'POST',
      /^\/_sandbox\/(?:payment|setup)_intents\/([^/]+)\/authenticate$/,
      (body, id) => authenticateIntent(sandbox, id, body),
    ],
    ['POST', /^\/_sandbox\/clock$/, (body) => moveClock(sandbox, body)],
    ['GET', /^\/_sandbox\/chaos$/, () => chaosOf(sandbox.store)],
    ['POST', /^\/_sandbox\/chaos$/, (body) => changeChaos(sandbox, body)],
    ['GET', /^\/_sandbox\/settings$/, () => dunningOf(sandbox.store)],
    ['POST', /^\/_sandbox\/settings$/, (body) => changeSettings(sandbox, body)],
    [
      'POST',
      /^\/_sandbox\/webhook_endpoints\/([^/]+)\/roll$/,
      (body, id) => rollSecret(sandbox, id, body),
    ],
    [
      'POST',
      /^\/_sandbox\/customers\/([^/]+)\/discount$/,
      (body, id) => giveDiscount(sandbox, id, body),
    ],
    ['POST', /^\/_sandbox\/reset$/, () => done(() => reset(sandbox))],
  ]
  return async (request, response) => {
    const { path: target } = targetOf(request)
    const found = actions.find(([method, path]) => method === request.method && path.test(target))
    const answer = (status: number, body: object) => {
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(`${JSON.stringify(body)}\n`)
    }
    if (!found) return answer(404, { error: 'No such control. The sandbox README lists them.' })
    const [, path, action] = found
    try {
      answer(200, await action(await readBody(request), path.exec(target)?.[1] ?? ''))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      answer(error.status, { error: error.message })
    }
  }
}

function done(act: () => void): object {
  act()
  return { ok: true }
}

function reset(sandbox: Sandbox) {
  sandbox.store.empty()
  sandbox.clock.reset()
  sandbox.scheduler.touch()
  sandbox.deliverer.resume()
}
