import { appAnswers } from './app/answers'
import { firstOperator } from './app/first-operator'
import { mail } from './app/mail'
import { roundTrip } from './app/round-trip'
import type { Check } from './check'
import { databaseClock } from './database/clock'
import { functions } from './database/functions'
import { databaseLatency } from './database/latency'
import { migrations } from './database/migrations'
import { pooler } from './database/pooler'
import { database, direct } from './database/reach'
import { databaseRole } from './database/role'
import { databaseSchema } from './database/schema'
import { databaseWrites } from './database/writes'
import { auditChain } from './jobs/audit-chain'
import { backlog } from './jobs/backlog'
import { crons } from './jobs/crons'
import { redisEviction } from './redis/eviction'
import { redisLatency } from './redis/latency'
import { redis } from './redis/reach'
import { redisWrites } from './redis/writes'
import { account } from './stripe/account'
import { stripeClock } from './stripe/clock'
import { deliveries } from './stripe/deliveries'
import { endpoint, endpointEvents, endpointVersion } from './stripe/endpoint'
import { permissions } from './stripe/permissions'
import { prices } from './stripe/prices'
import { catalog, portal } from './stripe/push'
import { stripeReach } from './stripe/reach'
import { tax } from './stripe/tax'
import { adminEmails } from './variables/admin-emails'
import { appUrl } from './variables/app-url'
import { keyMode, publishableKey } from './variables/keys'
import { mailVariables } from './variables/mail-variables'
import { node } from './variables/node'
import { proxies } from './variables/proxies'
import { authSecret, cronSecret, webhookSecret } from './variables/secrets'
import { signIn } from './variables/sign-in'
import { tls } from './variables/tls'
import { variableNames } from './variables/variable-names'
import { variables } from './variables/variables'

/** Everything that is looked at, in the order in which it is: what others come after stands before them. */
export const CHECKS: readonly Check[] = [
  ...[node, appUrl, keyMode, publishableKey, webhookSecret, authSecret, cronSecret],
  ...[signIn, mailVariables, adminEmails, proxies, tls, variableNames, variables],
  ...[database, databaseLatency, databaseClock, pooler, direct],
  ...[databaseSchema, migrations, functions, databaseRole, databaseWrites],
  ...[redis, redisLatency, redisWrites, redisEviction],
  ...[stripeReach, permissions, stripeClock, account, prices, catalog, portal, tax],
  ...[endpoint, endpointVersion, endpointEvents, deliveries],
  ...[appAnswers, roundTrip, mail, firstOperator],
  ...[crons, ...backlog, auditChain],
]
