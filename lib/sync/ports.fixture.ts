import type { Ledger, StripeReader, SyncPorts } from './ports'
import { NO_PRICES, NOW } from './rows.fixture'

type Given = Partial<Omit<SyncPorts, 'ledger' | 'stripe'>> & {
  ledger?: Partial<Ledger>
  stripe?: Partial<StripeReader>
}

/** An outside that has what the test gives it. Whatever else is asked of it fails by its name. */
export function portsWith({ ledger, stripe, ...rest }: Given = {}): SyncPorts {
  return {
    ledger: {
      claimTarget: unexpected('claimTarget'),
      claimDue: unexpected('claimDue'),
      applySync: unexpected('applySync'),
      failTarget: unexpected('failTarget'),
      listSubscribers: unexpected('listSubscribers'),
      ...ledger,
    },
    stripe: {
      listSubscriptions: unexpected('listSubscriptions'),
      retrieveCustomer: unexpected('retrieveCustomer'),
      retrieveCharge: unexpected('retrieveCharge'),
      retrieveReversal: async () => null,
      listPricesOf: unexpected('listPricesOf'),
      ...stripe,
    },
    pace: async () => {},
    inTurn: (work) => work(),
    clock: { now: () => NOW },
    sleep: unexpected('sleep'),
    prices: NO_PRICES,
    appEnv: 'test',
    livemode: false,
    ...rest,
  }
}

function unexpected(name: string) {
  return () => Promise.reject(new Error(`${name} is not expected here.`))
}
