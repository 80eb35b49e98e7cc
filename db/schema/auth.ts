import { boolean, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { UserId } from '@/lib/ids'

/** People who can sign in. The shape is next-auth's; billing hangs off `id` alone, never off the e-mail. */
export const users = pgTable('users', {
  id: text()
    .$type<UserId>()
    .primaryKey()
    .$defaultFn(() => crypto.randomUUID()),
  name: text(),
  email: text().notNull().unique(),
  emailVerified: timestamp({ withTimezone: true, mode: 'date' }),
  image: text(),
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  // True for the people that `npm run dev` seeds; only they can sign in with one click.
  demo: boolean().notNull().default(false),
})

/** GitHub and Google identities of a user. Column names are the adapter's, in OAuth's own words. */
export const accounts = pgTable(
  'accounts',
  {
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    type: text().$type<'email' | 'oauth' | 'oidc' | 'webauthn'>().notNull(),
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    refresh_token: text(),
    access_token: text(),
    expires_at: integer(),
    token_type: text(),
    scope: text(),
    id_token: text(),
    session_state: text(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.providerAccountId] })],
)

/** Signed-in browsers. In the database rather than in a token, so that signing out is final. */
export const sessions = pgTable(
  'sessions',
  {
    sessionToken: text().primaryKey(),
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expires: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('sessions_by_expiry').on(table.expires)],
)

/** Magic links that were sent and not yet used. `token` is a hash: a leaked table signs nobody in. */
export const verificationTokens = pgTable(
  'verification_tokens',
  {
    identifier: text().notNull(),
    token: text().notNull(),
    expires: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.identifier, table.token] }),
    index('verification_tokens_by_expiry').on(table.expires),
  ],
)

/** Networks that a user signed in from: what others ask for elsewhere does not lock these out. */
export const signInNetworks = pgTable(
  'sign_in_networks',
  {
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    // A keyed hash of user and network: it tells neither where the user was nor who was there, too.
    networkHash: text().notNull(),
    // Moved on by each sign-in.
    expires: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.networkHash] }),
    index('sign_in_networks_by_expiry').on(table.expires),
  ],
)
