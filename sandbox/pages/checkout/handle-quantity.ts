import { changeQuantity } from '@/sandbox/lifecycle/checkout/quantity'
import { type Call, id } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { type Reply, seeOther } from '@/sandbox/pages/reply'

/** How many a buyer wants of one line. */
export async function handleQuantity(call: Call): Promise<Reply> {
  const session = id(call, 'session')
  if (call.method === 'POST') {
    const form = await readForm(call.request)
    changeQuantity(call.sandbox, session, form.get('line') ?? '', Number(form.get('quantity')))
  }
  return seeOther(`/c/pay/${session}`)
}
