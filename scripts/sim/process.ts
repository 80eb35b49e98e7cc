import type { Claim } from '@/db/queries/claim'
import type { Change, Manner, NewEvent } from '@/db/queries/ledger'
import { NotFound } from '@/lib/errors'
import type { AfterPorts, InboxPorts } from '@/lib/events/ports'
import type { CustomerId, UserId } from '@/lib/ids'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import type { Ledger, StripeReader, SyncPorts } from '@/lib/sync/ports'
import type { Side } from './weather'
import type { World } from './world'

type Ports = SyncPorts & Ledger & StripeReader & AfterPorts & Pick<InboxPorts, 'ingestEvent'>
type Seen = { version: number; subscriptions: SubscriptionSnapshot[] }

/**
 * One running instance of the application, as all of its ports. Every call takes time on both sides
 * of its effect, and can go wrong on both: it may fail, hang, lose an answer, or take its process along.
 */
export class Process implements Ports {
  readonly prices = { pro: {}, studio: {} }
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

  async mayHelp(): Promise<boolean> {
    return true
  }

  async deliverEffects(): Promise<void> {}

  async pace(): Promise<void> {}

  listHolders(): Promise<never> {
    return Promise.reject(new Error('The catalogue does not change here.'))
  }

  listPricesOf(): Promise<never> {
    return Promise.reject(new Error('The catalogue does not change here.'))
  }

  retrieveCharge(): Promise<never> {
    return Promise.reject(new Error('Nobody disputes here.'))
  }

  ingestEvent(event: NewEvent) {
    this.#lookEarly()
    return this.#call('postgres', () => this.#world.ledger.ingestEvent(event))
  }

  insertCustomer(row: { id: CustomerId; userId: UserId; livemode: boolean }) {
    return this.#call('postgres', () => this.#world.ledger.insertCustomer(row))
  }

  claimTarget(...given: Parameters<Ledger['claimTarget']>) {
    this.#lookEarly()
    return this.#call('postgres', () => this.#world.ledger.claimTarget(...given))
  }

  claimDue(limit: number) {
    this.#lookEarly()
    return this.#call('postgres', () => this.#world.ledger.claimDue(limit))
  }

  applySync(claim: Claim, change: Change, manner: Manner) {
    return this.#call('postgres', () => {
      const applied = this.#world.ledger.applySync(claim, change, manner)
      const seen = this.#seen.get(claim.key)
      if (applied.applied && seen) this.#world.committed(claim.key, seen.version)
      return applied
    })
  }

  failTarget(claim: Claim, error: string, manner: Pick<Manner, 'counts'>) {
    return this.#call('postgres', () => this.#world.ledger.failTarget(claim, error, manner))
  }

  listSubscriptions(id: CustomerId) {
    return this.#call('stripe', () => {
      if (this.#world.guards.readAfterClaim) this.#look(id)
      return this.#seen.get(id)?.subscriptions ?? []
    })
  }

  retrieveCustomer(id: CustomerId) {
    return this.#call('stripe', (): CustomerSnapshot => {
      const truth = this.#world.truths.get(id)
      if (!truth) throw new NotFound('Stripe does not have that object.')
      return truth.customer()
    })
  }

  #look(id: CustomerId): void {
    const truth = this.#world.truths.get(id)
    if (!truth) return
    this.#seen.set(id, { version: truth.version, subscriptions: truth.subscriptions() })
  }

  // Without its guard, who asks for a claim has read already.
  #lookEarly(): void {
    if (this.#world.guards.readAfterClaim) return
    for (const id of this.#world.truths.keys()) this.#look(id)
  }

  #call<T>(side: Side, effect: () => T): Promise<T> {
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
    const { time, weather, hung } = this.#world
    if (this.#dead) return
    time.after(weather.delay() + weather.freeze(), () => {
      const fate = this.#dead ? 'crashes' : weather.fate(side, time.now)
      if (fate === 'arrives') return arrive()
      if (fate === 'fails') {
        time.wake()
        return reject(new Error('The call failed.'))
      }
      // Whoever waits for a dead process waits for ever.
      this.#dead = true
      if (side === 'stripe') hung.push(reject)
    })
  }
}
