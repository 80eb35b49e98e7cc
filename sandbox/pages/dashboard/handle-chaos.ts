import { CALM, chaosOf } from '@/sandbox/chaos/chaos'
import { changeChaos } from '@/sandbox/control/change-chaos'
import { ApiError } from '@/sandbox/http/api-error'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { AMOUNTS, chaosPage, SWITCHES } from './chaos-page'
import { doneMessage } from './done'

/** Shows the switches, and sets them. */
export async function handleChaos(call: Call): Promise<Reply> {
  const { sandbox } = call
  const now = sandbox.clock.now()
  if (call.method === 'GET')
    return page(chaosPage({ now, chaos: chaosOf(sandbox.store), done: doneMessage(call) }))
  const form = await readForm(call.request)
  try {
    changeChaos(sandbox, JSON.stringify(form.has('off') ? CALM : switchesIn(form)))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const chaos = chaosOf(sandbox.store)
    return page(chaosPage({ now, chaos, problem: error.message }), { status: error.status })
  }
  return seeOther('/dashboard/chaos?done=saved')
}

// A box that is not ticked is not sent.
function switchesIn(form: URLSearchParams): object {
  return Object.fromEntries([
    ...Object.keys(SWITCHES).map((name) => [name, form.get(name) === 'true']),
    ['api_version', form.get('api_version') ?? ''],
    ...Object.keys(AMOUNTS).map((name) => [name, Number(form.get(name)?.trim() || 0)]),
  ])
}
