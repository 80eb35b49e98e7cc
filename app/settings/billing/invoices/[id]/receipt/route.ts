import { NextResponse } from 'next/server'
import { backTo } from '@/app/back-to'
import { refuse } from '@/app/refuse'
import { requireUser } from '@/lib/auth/session'
import { findReceipt } from '@/lib/billing/receipt'
import { PATIENCE, within } from '@/lib/deadline'
import { env } from '@/lib/env'

const LIST = '/settings/billing/invoices'

/**
 * Leads to Stripe's receipt of an invoice, whose address ends after a while. It changes nothing, so
 * a prefetch is harmless.
 */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const path = await addressOf((await params).id)
  return NextResponse.redirect(new URL(path, env().appUrl), 303)
}

async function addressOf(id: string): Promise<string> {
  try {
    return await within(PATIENCE.person, async () => {
      const { actor } = await requireUser()
      return findReceipt(actor, id)
    })
  } catch (error) {
    return backTo(LIST, refuse(error))
  }
}
