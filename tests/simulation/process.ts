import type { Claim } from '@/db/queries/claim'
import type { Change, Finish, NewEvent } from '@/db/queries/ledger'
import { NotFound, Unavailable } from '@/lib/errors'
import type { ChargeId, CustomerId, WorkspaceId } from '@/lib/ids'
import type { BacklogPorts } from '@/lib/jobs/ports'
import type { ChargeSnapshot } from '@/lib/stripe/charges'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import type { Ledger, StripeReader, SyncPorts } from '@/lib/sync/ports'
import type { InboxPorts } from '@/lib/webhooks/ports'
import { writeEmails } from './emails'
import { type Side, WAY_MS } from './fault-plan'
import type { World } from './world'

type Ports = SyncPorts & Ledger & StripeReader & BacklogPorts & Pick<InboxPorts, 'ingestEvent'>
/** `labels`: the version of the shop's labels. */
type Seen = { version: number; labels: number; subscriptions: SubscriptionSnapshot[] }

const HELP_EVERY = 5_000
const PACE_PATIENCE = 5_000

/**
 * One running instance of the application, as all of its ports. Every call takes time on both sides
 * of its entry, and can go wrong on both: it may fail, hang, lose an answer, or take its process along.
 */
export class Process implements Ports {
  readonly prices = {}
  readonly appEnv = 'test'
  readonly livemode = false
  readonly #world: World
  readonly #seen = new Map<string, Seen>()
  #dead = false

  constructor(world: World) {
    this.#world = world
  }

  // One object is all ports: a history has dozens of processes, and most of them live for one call.
  get ledger(): Ledger {
    return this
  }

  get stripe(): StripeReader {
    return this
  }

  get clock() {
    return this
  }

  now(): Date {
    return new Date(this.#world.time.now)
  }

  sleep(milliseconds: number): Promise<void> {
    return this.#world.time.sleep(milliseconds)
  }

  async rememberCommitted(): Promise<void> {}

  async mayDrain(): Promise<boolean> {
    const { time, faultPlan } = this.#world
    // Without Redis no process knows of another's turn, and each takes its own.
    if (faultPlan.redisAway) return true
    if (time.now < this.#world.nextTurn) return false
    this.#world.nextTurn = time.now + HELP_EVERY
    return true
  }

  async deliverOutbox(): Promise<void> {
    if (this.#isDue(this.#world.ledger.nextEntry())) await writeEmails(this, this.#world)
  }

  async pace(urgent: boolean): Promise<void> {
    const { time, faultPlan } = this.#world
    if (urgent || !faultPlan.refuses(time.now)) return
    await this.sleep(PACE_PATIENCE)
    throw new Unavailable({ internal: 'Others read Stripe as much as it allows.' })
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }

  listSubscribers(priceIds: string[]) {
    return this.call('postgres', () => this.#world.ledger.listSubscribers(priceIds))
  }

  listPricesOf(target: Parameters<StripeReader['listPricesOf']>[0]) {
    return this.call('stripe', () => this.#world.shop.pricesOf(target))
  }

  retrieveCharge(id: ChargeId) {
    return this.call('stripe', (): ChargeSnapshot => {
      const customerId = this.#world.shop.charges.get(id)
      if (customerId === undefined) throw new NotFound('not_at_stripe')
      return { id, customerId, metadata: { app: null, env: null } }
    })
  }

  retrieveReversal() {
    return this.call('stripe', () => null)
  }

  ingestEvent(event: NewEvent) {
    this.#lookEarly()
    return this.call('postgres', () => this.#world.ledger.ingestEvent(event))
  }

  insertCustomer(row: { id: CustomerId; workspaceId: WorkspaceId; livemode: boolean }) {
    return this.call('postgres', () => this.#world.ledger.insertCustomer(row))
  }

  claimTarget(...given: Parameters<Ledger['claimTarget']>) {
    this.#lookEarly()
    return this.call('postgres', () => this.#world.ledger.claimTarget(...given))
  }

  claimDue(limit: number) {
    this.#lookEarly()
    if (!this.#isDue(this.#world.ledger.nextDue())) return Promise.resolve([])
    return this.call('postgres', () => this.#world.ledger.claimDue(limit))
  }

  async applySync(claim: Claim, change: Change, finish: Finish) {
    const applied = await this.call('postgres', () => this.#commit(claim, change, finish))
    // Without its guard, the customers to read are marked in a commit of their own.
    if (!this.#world.guards.marksAtCommit && applied.applied && change.marks.length > 0) {
      await this.call('postgres', () => this.#world.ledger.markTargets(change.marks))
    }
    return applied
  }

  failTarget(claim: Claim, error: string, finish: Pick<Finish, 'countAttempt'>) {
    return this.call('postgres', () => this.#world.ledger.failTarget(claim, error, finish))
  }

  listSubscriptions(id: CustomerId) {
    return this.call('stripe', () => {
      if (this.#world.guards.readAfterClaim) this.#look(id)
      return this.#seen.get(id)?.subscriptions ?? []
    })
  }

  retrieveCustomer(id: CustomerId) {
    return this.call('stripe', (): CustomerSnapshot => {
      const stripeModel = this.#world.stripeModels.get(id)
      if (!stripeModel) throw new NotFound('not_at_stripe')
      return stripeModel.customer()
    })
  }

  // A drain that finds nothing changes nothing, and most do: these calls are spared.
  #isDue(next: number | null): boolean {
    return next !== null && next <= this.#world.time.now + WAY_MS
  }

  #commit(claim: Claim, change: Change, finish: Finish) {
    const { ledger, tally, shop } = this.#world
    const applied = ledger.applySync(claim, change, finish)
    if (!applied.applied) tally.add('overtaken')
    else if (change.retry?.startsWith('The catalog')) tally.add('unknownPrice')
    const seen = this.#seen.get(claim.key)
    if (!applied.applied || !seen) return applied
    this.#world.committed(claim.key, seen.version)
    if (seen.labels < shop.version) tally.add('raced')
    return applied
  }

  #look(id: CustomerId): void {
    const stripeModel = this.#world.stripeModels.get(id)
    if (!stripeModel) return
    const { version: labels } = this.#world.shop
    this.#seen.set(id, {
      version: stripeModel.version,
      labels,
      subscriptions: stripeModel.subscriptions(),
    })
  }

  // Without its guard, a process that asks for a claim has read already.
  #lookEarly(): void {
    if (this.#world.guards.readAfterClaim) return
    for (const id of this.#world.stripeModels.keys()) this.#look(id)
  }

  /** One call over the network; its entry happens in between, if it does. */
  call<T>(side: Side, effect: () => T): Promise<T> {
    const { time } = this.#world
    return new Promise((resolve, reject) => {
      this.#travel(side, reject, () => {
        let result: T
        try {
          result = effect()
        } catch (error) {
          time.wake()
          return reject(error)
        }
        this.#travel(side, reject, () => {
          time.wake()
          resolve(result)
        })
      })
    })
  }

  #travel(side: Side, reject: (error: unknown) => void, arrive: () => void): void {
    const { time, faultPlan, hung } = this.#world
    if (this.#dead) return
    time.after(faultPlan.delay() + faultPlan.freeze(), () => {
      const fate = this.#dead ? 'crashes' : faultPlan.fate(side, time.now)
      if (fate === 'arrives') return arrive()
      if (fate === 'fails') {
        time.wake()
        return reject(new Error('The call failed.'))
      }
      // A caller that waits for a dead process waits for ever.
      this.#dead = true
      if (side === 'stripe') hung.push(reject)
    })
  }
}
