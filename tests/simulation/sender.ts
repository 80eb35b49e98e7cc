import type { NewEvent } from '@/db/queries/ledger'
import { classify } from '@/lib/events/classify'
import type { EventId } from '@/lib/ids'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import { processEvent } from '@/lib/webhooks/process'
import { Process } from './process'
import type { Emitted } from './stripe-model'
import type { World } from './world'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Stripe, as far as it sends events: some twice, some late, and each until it hears a 2xx. */
export class Sender {
  /** Every event that Stripe made. */
  readonly made: NewEvent[] = []
  readonly #world: World
  readonly #name: string
  readonly #late: number
  readonly #lost: number

  /** `lost`: which part of the events is never delivered. */
  constructor(world: World, name: string, lost = 0) {
    this.#world = world
    this.#name = name
    this.#late = world.random.pick([0, 0, 0.2])
    this.#lost = lost
    world.lossy = lost > 0
  }

  emit(emitted: Emitted): void {
    const { random, tally } = this.#world
    const event = this.make(emitted)
    this.#post(event)
    if (random.chance(0.3)) {
      tally.add('twice')
      this.#post(event)
    }
    if (random.chance(0.1)) {
      tally.add('twin')
      this.#post(this.make(emitted))
    }
    // Not for us, and stored all the same.
    if (emitted.customerId && random.chance(0.03)) {
      tally.add('ignored')
      this.#post(this.make({ ...emitted, type: 'customer.tax_id.created' }))
    }
  }

  /** Sends an event whose fact cannot be recorded. */
  sendUnrecordable(emitted: Emitted): void {
    const event = this.make(emitted)
    this.#world.tally.add('unrecordable')
    this.#world.hopeless.add(event.id)
    this.#post(event)
  }

  make(emitted: Emitted): NewEvent {
    const { type, customerId, objectId, attempt, objectType = null, chargeId = null } = emitted
    const { time, archive } = this.#world
    const id: EventId = `evt_${this.#name}_${this.made.length + 1}`
    // Stripe dates by the second. One literal each: a dozen events in every history are worth it.
    const created = new Date(time.now - (time.now % 1_000))
    const verified: VerifiedEvent = {
      id,
      type,
      created,
      livemode: false,
      account: null,
      apiVersion: null,
      objectType,
      objectId,
      customerId,
      chargeId,
      attempt,
      metadataApp: null,
      metadataEnv: null,
      payload: '',
    }
    archive.push(verified)
    const { targetKey, reason } = classify(verified, OURS)
    const event: NewEvent = {
      id,
      type,
      targetKey,
      reason,
      objectId,
      customerId,
      attempt,
      livemode: false,
      apiVersion: null,
      createdAt: created,
      payload: '',
      payloadSha256: '',
    }
    this.made.push(event)
    return event
  }

  #post(event: NewEvent): void {
    const { time, random, tally } = this.#world
    // What is not for us is not asked for again.
    if (event.targetKey && this.#lost > 0 && random.chance(this.#lost)) {
      tally.add('lost')
      return
    }
    const delay = random.chance(this.#late) ? this.#lateness() : random.between(0, 20_000)
    time.after(delay, () => {
      time.wake()
      void this.send(event)
    })
  }

  // Automatic tries go on for three days, with growing pauses.
  #lateness(): number {
    const { random, tally } = this.#world
    tally.add('late')
    return random.chance(0.5) ? random.between(MINUTE, 9 * MINUTE) : random.between(HOUR, 72 * HOUR)
  }

  async send(event: NewEvent): Promise<void> {
    const { time, random } = this.#world
    const delivery = { answered: false }
    while (!delivery.answered) {
      void this.#deliver(event, delivery).catch(() => {})
      await time.sleep(random.between(5_000, 30_000))
    }
  }

  async #deliver(event: NewEvent, delivery: { answered: boolean }): Promise<void> {
    const { faultPlan, guards } = this.#world
    const process = new Process(this.#world)
    if (!guards.storedBeforeAnswer) delivery.answered = true
    const { claim } = await process.ingestEvent(event)
    delivery.answered = true
    if (faultPlan.dropsAfter()) return
    await processEvent(process, { eventId: event.id, claim })
  }
}

const OURS = { appEnv: 'test', livemode: false }
