import { MemoryLedger } from './memory-ledger'

type Op =
  | 'ingestEvent'
  | 'claimTarget'
  | 'claimDue'
  | 'applySync'
  | 'failTarget'
  | 'insertCustomer'
  | 'openIntent'
  | 'markTargets'
  | 'listSubscribers'
  | 'releaseTarget'
  | 'recordDrift'
  | 'claimEntries'
  | 'writeEmails'
  | 'failEntry'

type Step<O extends Op> = {
  op: O
  /** The instant of the step, and what a backoff in it was stretched by. */
  at: number
  jitter: number
  given: Parameters<MemoryLedger[O]>
  answer: ReturnType<MemoryLedger[O]>
}

/** One step of a ledger: what was asked of it, when, and what it answered. */
export type Call = { [O in Op]: Step<O> }[Op]

/** A ledger in memory that records every step it takes, in order, so that another ledger can take them, too. */
export class RecordedLedger extends MemoryLedger {
  readonly heard: (call: Call) => void

  constructor(heard: (call: Call) => void, ...given: ConstructorParameters<typeof MemoryLedger>) {
    super(...given)
    this.heard = heard
  }

  override ingestEvent(...given: Parameters<MemoryLedger['ingestEvent']>) {
    const answer = super.ingestEvent(...given)
    this.heard({ op: 'ingestEvent', ...this.#instant(), given, answer })
    return answer
  }

  override claimTarget(...given: Parameters<MemoryLedger['claimTarget']>) {
    const answer = super.claimTarget(...given)
    this.heard({ op: 'claimTarget', ...this.#instant(), given, answer })
    return answer
  }

  override claimDue(...given: Parameters<MemoryLedger['claimDue']>) {
    const answer = super.claimDue(...given)
    this.heard({ op: 'claimDue', ...this.#instant(), given, answer })
    return answer
  }

  override applySync(...given: Parameters<MemoryLedger['applySync']>) {
    const answer = super.applySync(...given)
    this.heard({ op: 'applySync', ...this.#instant(), given, answer })
    return answer
  }

  override failTarget(...given: Parameters<MemoryLedger['failTarget']>) {
    const answer = super.failTarget(...given)
    this.heard({ op: 'failTarget', ...this.#instant(), given, answer })
    return answer
  }

  override insertCustomer(...given: Parameters<MemoryLedger['insertCustomer']>) {
    const answer = super.insertCustomer(...given)
    this.heard({ op: 'insertCustomer', ...this.#instant(), given, answer })
    return answer
  }

  override openIntent(...given: Parameters<MemoryLedger['openIntent']>) {
    const answer = super.openIntent(...given)
    this.heard({ op: 'openIntent', ...this.#instant(), given, answer })
    return answer
  }

  override markTargets(...given: Parameters<MemoryLedger['markTargets']>) {
    const answer = super.markTargets(...given)
    this.heard({ op: 'markTargets', ...this.#instant(), given, answer })
    return answer
  }

  override listSubscribers(...given: Parameters<MemoryLedger['listSubscribers']>) {
    const answer = super.listSubscribers(...given)
    this.heard({ op: 'listSubscribers', ...this.#instant(), given, answer })
    return answer
  }

  override releaseTarget(...given: Parameters<MemoryLedger['releaseTarget']>) {
    const answer = super.releaseTarget(...given)
    this.heard({ op: 'releaseTarget', ...this.#instant(), given, answer })
    return answer
  }

  override recordDrift(...given: Parameters<MemoryLedger['recordDrift']>) {
    const answer = super.recordDrift(...given)
    this.heard({ op: 'recordDrift', ...this.#instant(), given, answer })
    return answer
  }

  override claimEntries(...given: Parameters<MemoryLedger['claimEntries']>) {
    const answer = super.claimEntries(...given)
    this.heard({ op: 'claimEntries', ...this.#instant(), given, answer })
    return answer
  }

  override writeEmails(...given: Parameters<MemoryLedger['writeEmails']>) {
    const answer = super.writeEmails(...given)
    this.heard({ op: 'writeEmails', ...this.#instant(), given, answer })
    return answer
  }

  override failEntry(...given: Parameters<MemoryLedger['failEntry']>) {
    const answer = super.failEntry(...given)
    this.heard({ op: 'failEntry', ...this.#instant(), given, answer })
    return answer
  }

  #instant() {
    return { at: this.clock.now, jitter: this.jitter }
  }
}
