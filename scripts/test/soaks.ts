/**
 * What `npm test` leaves to `npm run test:all`, which a machine runs at each push: what draws thousands of
 * lifecycles, plants bugs to see them found, starts a process for each question, or walks every page in every
 * look. A person who waits for a result has it in minutes, and each rule keeps its own test among those.
 * Of a file that stays, `soak.fixture.ts` marks the single cases whose rule a neighbor has, too.
 */
export const SOAK_TESTS = [
  // Random lifecycles against a count by hand. Their sentences stand as single cases beside the code, too.
  'lib/adopt/hundred-thousand.db.test.ts',
  'lib/entitlements/every-history.test.ts',
  'lib/price-moves/hundred-thousand.db.test.ts',
  'lib/reconcile/lost-week.db.test.ts',
  'lib/usage/one-limit.db.test.ts',
  'lib/webhooks/fuzzed-headers.test.ts',
  'sandbox/test/fidelity/histories.test.ts',
  'lib/outbox/metered-histories.db.test.ts',
  'tests/charges/lifecycles.db.test.ts',
  'tests/money/lifecycles.test.ts',
  // Every button in every circumstance, beside the verbs' own tests.
  'tests/mutations/matrix.db.test.ts',
  'tests/revenue/lifecycles.db.test.ts',
  'tests/usage/histories.db.test.ts',
  'tests/usage/processes.db.test.ts',
  // Hundreds at once, or one question among thousands of records; beside each, the rule has cases of its own.
  'lib/webhooks/few-connections.db.test.ts',
  'sandbox/bench/renewals.test.ts',
  'sandbox/deliveries/scale.test.ts',
  'tests/console/scans.db.test.ts',
  // One script in every state of Redis, the records compared whole; `redis-facts.db.test.ts` has what it may say.
  'lib/webhooks/redis-modes.db.test.ts',
  // What the doctor finds where stores are far or broken; what it finds at Stripe and in the work stays.
  'lib/doctor/planted-stores.db.test.ts',
  // The proof of the proofs: that each guard, taken out, is missed by some history.
  'scripts/proof/prove.test.ts',
  'tests/simulation/sim.test.ts',
  'tests/simulation/postgres/mutants.db.test.ts',
  'tests/simulation/postgres/replay.db.test.ts',
  // Commands as a person starts them, each a process of its own.
  'sandbox/main.test.ts',
  'sandbox/restart.test.ts',
  'sandbox/standalone.test.ts',
  'scripts/adopt.db.test.ts',
  'scripts/audit-verify.db.test.ts',
  'scripts/doctor.db.test.ts',
  'scripts/mcp/mcp.db.test.ts',
  'scripts/migrations/before-stores.test.ts',
  'scripts/migrations/live-records.db.test.ts',
  'scripts/operator-commands.db.test.ts',
  'scripts/price-migrate.db.test.ts',
  'scripts/setup.db.test.ts',
  'scripts/worker.db.test.ts',
  // What brings Postgres, Redis and a browser to a machine that has none: every test here stands on it.
  'scripts/browser/*.test.ts',
  'scripts/postgres/*.test.ts',
  'scripts/redis/main.test.ts',
  'scripts/redis/conformance/*.test.ts',
] as const

/** Stories that take long and repeat the way of another one to look at it in another light. */
export const SOAK_STORIES = [
  // Every page in both colors and in forced ones, at each width, in large text, without motion, by keyboard.
  'accessibility.spec.ts',
  'console.spec.ts',
  'keyboard.spec.ts',
  'looks.spec.ts',
  'payment-method-page.spec.ts',
  'policy.spec.ts',
  'settings.spec.ts',
  'sign-in-methods.spec.ts',
  'stripe-pages.spec.ts',
  // A year, a bank that asks at each payment, a server that is away, nonsense in every field.
  'away.spec.ts',
  'bad-requests.spec.ts',
  'invoice-bank.spec.ts',
  'payment-method.spec.ts',
  'refused-form.spec.ts',
  // Each form by a double click, Back, in two tabs and after its session.
  'mutations.spec.ts',
  'year.spec.ts',
  // A payment that takes days, and a customer who is gone at Stripe: two ways that begin like any other.
  'gone-account.spec.ts',
  'waiting-for-money.spec.ts',
  // What its operator sees of a server that is not set up; `boot.spec.ts` is about one that must not start.
  'setup.spec.ts',
  // Other ways to sell, which a setting turns on, and the stub of Stripe's script.
  'embedded-checkout.spec.ts',
  'promotion-link.spec.ts',
  // A build of its own, whose catalog sells a trial.
  'trial.spec.ts',
  'stripe-js/*.spec.ts',
  // `npm run dev`, which compiles every page anew for each story.
  'dev.spec.ts',
] as const

/**
 * On a story beside which its file has another of the same rule: without scripts, with another catalog, by another
 * address, or of one more state whose remedy is that of its neighbor.
 */
export const SOAK = { tag: '@soak' }

/** `SOAKS=no` leaves them out; someone who starts Vitest or Playwright by hand gets everything. */
export const WITHOUT_SOAKS = process.env.SOAKS === 'no'
