import { changeSettings } from '@/sandbox/control/change-settings'
import { ApiError } from '@/sandbox/http/api-error'
import { dunningOf } from '@/sandbox/lifecycle/dunning/policy'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { doneMessage } from './done'
import { settingsPage } from './settings-page'

/** Shows the settings of the account, and changes them. */
export async function handleSettings(call: Call): Promise<Reply> {
  const { sandbox } = call
  const now = sandbox.clock.now()
  if (call.method === 'GET') {
    const dunning = dunningOf(sandbox.store)
    return page(settingsPage({ now, dunning, done: doneMessage(call) }))
  }
  const form = await readForm(call.request)
  try {
    changeSettings(sandbox, JSON.stringify(settingsIn(form)))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const dunning = dunningOf(sandbox.store)
    const text = settingsPage({ now, dunning, problem: error.message })
    return page(text, { status: error.status })
  }
  return seeOther('/dashboard/settings?done=settings')
}

// A box that is not ticked is not sent. What is no number is refused, like a day that is none.
function settingsIn(form: URLSearchParams): object {
  const days = form.get('retry_days')?.split(/[\s,;]+/) ?? []
  return {
    retry_days: days.filter((day) => day !== '').map(Number),
    after_retries: form.get('after_retries'),
    pause_on_first_failure: form.get('pause_on_first_failure') === 'true',
  }
}
