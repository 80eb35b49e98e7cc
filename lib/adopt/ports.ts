import type { Recorded } from '@/db/queries/customer-claims'
import type { ConfiguredPrices } from '@/lib/catalog/tier-for-price'
import type { FoundBy, Given } from '@/lib/customers/give'
import type { CustomerId, SubscriptionId, UserId, WorkspaceId } from '@/lib/ids'
import type { CustomerPage, LivingPage } from '@/lib/stripe/account-pages'

type Subject = { id: CustomerId; livemode: boolean; by: FoundBy }

/** What taking over an account needs of the outside. Stripe is only read. */
export type AdoptPorts = {
  stripe: {
    listCustomerPage(after: CustomerId | null): Promise<CustomerPage>
    listLivingPage(after: SubscriptionId | null): Promise<LivingPage>
    readProductTier(productId: string): Promise<string | null>
  }
  records: {
    listRecorded(ids: readonly CustomerId[]): Promise<Recorded[]>
    listLinked(
      ids: readonly WorkspaceId[],
    ): Promise<{ workspaceId: WorkspaceId; customerId: CustomerId | null }[]>
    listUsersByEmail(
      emails: readonly string[],
    ): Promise<{ userId: UserId; email: string; emailVerified: Date | null }[]>
    listClaims(emails: readonly string[]): Promise<{ customerId: CustomerId; email: string }[]>
  }
  /** Each is one transaction with its row in the trail, and does nothing the second time. */
  write: {
    giveCustomer(workspaceId: WorkspaceId, subject: Subject): Promise<Given>
    claimCustomer(email: string, subject: Subject): Promise<Given>
    /** The workspace of a user with this address, who is made where there is none. */
    openUser(user: { email: string; name: string | null }): Promise<WorkspaceId | null>
  }
  sleep(milliseconds: number): Promise<void>
  prices: ConfiguredPrices
  appEnv: string
  livemode: boolean
}
