import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { UserId } from '@/lib/ids'
import type { OptionalEmail } from '@/lib/optional-emails'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

const userId = () =>
  text()
    .$type<UserId>()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

/** Users who can sign in. The shape is next-auth's; billing hangs off `id` alone, never off the email. */
export const users = pgTable(
  'users',
  {
    id: text()
      .$type<UserId>()
      .primaryKey()
      .$defaultFn(() => crypto.randomUUID()),
    name: text(),
    email: text().notNull().unique(),
    // When the address was last proven: by a link that reached it, or by GitHub's or Google's word.
    emailVerified: instant(),
    // False: the user turned links by email off, and signs in by GitHub or Google.
    emailSignIn: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
    // True for the users that `npm run dev` seeds; only they can sign in with one click.
    demo: boolean().notNull().default(false),
  },
  (table) => [
    // An operator looks for the beginning of an address, and for the beginning of a word of a name.
    index('users_by_email_prefix').on(table.email.op('text_pattern_ops')),
    index('users_by_name_word').using(
      'gin',
      sql`to_tsvector('simple', coalesce(${table.name}, ''))`,
    ),
  ],
)

/**
 * GitHub and Google identities of a user, in next-auth's words. Their tokens are not kept: after the
 * sign-in we ask GitHub and Google for nothing.
 */
export const accounts = pgTable(
  'accounts',
  {
    userId: userId(),
    provider: text().notNull(),
    // The provider's own id of the user, which stays when names and addresses change.
    providerAccountId: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.providerAccountId] }),
    index('accounts_by_user').on(table.userId),
  ],
)

/** Signed-in browsers. In the database rather than in a token, so that signing out is final. */
export const sessions = pgTable(
  'sessions',
  {
    // SHA-256 of the cookie's random value, in hex: a leaked table signs no one in.
    tokenHash: text().primaryKey(),
    userId: userId(),
    expires: instant().notNull(),
    // When its user signed in: what cannot be undone asks for a recent sign-in.
    createdAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    index('sessions_by_expiry').on(table.expires),
    index('sessions_by_user').on(table.userId),
  ],
)

/** Magic links that were sent and not yet used. `token` is a hash: a leaked table signs no one in. */
export const verificationTokens = pgTable(
  'verification_tokens',
  {
    identifier: text().notNull(),
    token: text().notNull(),
    expires: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.identifier, table.token] }),
    index('verification_tokens_by_expiry').on(table.expires),
  ],
)

/** Networks that a user signed in from: requests from other networks do not lock these out. */
export const signInNetworks = pgTable(
  'sign_in_networks',
  {
    userId: userId(),
    // A keyed hash of user and network: it reveals neither the network nor which users share one.
    networkHash: text().notNull(),
    // Moved on by each sign-in.
    expires: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.networkHash] }),
    index('sign_in_networks_by_expiry').on(table.expires),
  ],
)

/** The kinds of email that a user turned off. A row is a no: a user who never chose gets them. */
export const emailOptOuts = pgTable(
  'email_opt_outs',
  {
    userId: userId(),
    kind: text().$type<OptionalEmail>().notNull(),
    createdAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.kind] }),
    check('email_opt_outs_kind', sql`${table.kind} in ('usage', 'card', 'trial')`),
  ],
)
