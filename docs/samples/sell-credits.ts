import { grantCredits } from '@/db/queries/usage-credits'
import type { AuditActor } from '@/db/schema/audit'
import type { CreditPack } from '@/lib/catalog/credit-packs'
import type { WorkspaceId } from '@/lib/ids'
import type { Money } from '@/lib/money'

declare function money(amount: number): Money

export const packs: Record<string, Omit<CreditPack, 'pack' | 'lookupKey'>> = {
  credits_500: { name: '500 credits', units: 500, price: money(3900), validMonths: 12 },
}

export async function apologize(workspaceId: WorkspaceId, actor: AuditActor) {
  await grantCredits({
    workspaceId,
    source: 'sorry:2026-11-27',
    quantity: 50,
    expiresAt: null,
    paymentIntentId: null,
    actor,
  })
}
