/**
 * What `npm test` leaves to `npm run test:all`, which a machine runs at each push: what draws thousands of
 * lives, plants bugs to see them found, starts a process for each question, or walks every page in every
 * look. A person who waits for a result has it in minutes, and each rule keeps its own test among those.
 */
export const SOAK_TESTS = [
  // Random lives against a count by hand. Their sentences stand as single cases beside the code, too.
  'lib/adopt/hundred-thousand.db.test.ts',
  'lib/entitlements/every-history.test.ts',
  'lib/price-moves/hundred-thousand.db.test.ts',
  'lib/reconcile/lost-week.db.test.ts',
  'lib/usage/one-limit.db.test.ts',
  'lib/webhooks/fuzzed-headers.test.ts',
  'sandbox/test/fidelity/histories.test.ts',
  'lib/outbox/metered-histories.db.test.ts',
  'tests/charges/lives.db.test.ts',
  'tests/money/lives.test.ts',
  // Every button in every circumstance, beside the verbs' own tests.
  'tests/mutations/matrix.db.test.ts',
  'tests/revenue/lives.db.test.ts',
  'tests/usage/histories.db.test.ts',
  'tests/usage/processes.db.test.ts',
  // The proof of the proofs: that each guard, taken out, is missed by some history.
  'scripts/proof/prove.test.ts',
  'tests/simulation/sim.test.ts',
  'tests/simulation/postgres/mutants.db.test.ts',
  'tests/simulation/postgres/replay.db.test.ts',
  // Commands as a person starts them, each a process of its own.
  'sandbox/main.test.ts',
  'sandbox/restart.test.ts',
  'scripts/adopt.db.test.ts',
  'scripts/audit-verify.db.test.ts',
  'scripts/doctor.db.test.ts',
  'scripts/mcp/mcp.db.test.ts',
  'scripts/migrations/live-records.db.test.ts',
  'scripts/operator-commands.db.test.ts',
  'scripts/price-migrate.db.test.ts',
  'scripts/setup.db.test.ts',
  'scripts/worker.db.test.ts',
  // What brings Postgres, Redis and a browser to a machine that has none: every test here stands on it.
  'scripts/browser/*.test.ts',
  'scripts/postgres/*.test.ts',
  'scripts/redis/conformance/*.test.ts',
] as const

/** Stories that take long and repeat the way of another one to look at it in another light. */
export const SOAK_STORIES = [
  // Every page in both colors, at each width, by keyboard.
  'accessibility.spec.ts',
  'console.spec.ts',
  'payment-method-page.spec.ts',
  'policy.spec.ts',
  'settings.spec.ts',
  'sign-in-methods.spec.ts',
  // A year, a bank that asks at each payment, a server that is away, nonsense in every field.
  'away.spec.ts',
  'bad-requests.spec.ts',
  'payment-method.spec.ts',
  'refused-form.spec.ts',
  // Each form by a double click, Back, in two tabs and after its session.
  'mutations.spec.ts',
  'year.spec.ts',
  // Other ways to sell, which a setting turns on, and the stub of Stripe's script.
  'embedded-checkout.spec.ts',
  'promotion-link.spec.ts',
  // A build of its own, whose catalog sells a trial.
  'trial.spec.ts',
  'stripe-js/*.spec.ts',
  // `npm run dev`, which compiles every page anew for each story.
  'dev.spec.ts',
] as const

/** `SOAKS=no` leaves them out; someone who starts Vitest or Playwright by hand gets everything. */
export const WITHOUT_SOAKS = process.env.SOAKS === 'no'
