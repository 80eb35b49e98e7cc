import type { CustomerId } from '@/lib/ids'

/** Whom the former application has a customer for. */
export type FormerOwner = {
  /** In the spelling of sign-in. */
  email: string
  name: string | null
  /** The former application says that the address was proven. */
  verified: boolean
}

/** What was read from the database of the application before. */
export type Former = {
  owners: ReadonlyMap<CustomerId, FormerOwner[]>
  /** By its own ids, which it may have written into metadata. */
  users: ReadonlyMap<string, FormerOwner>
  /** Rows that make no sense, and why: they are left out, and nothing else with them. */
  bad: { table: string; id: string; why: string }[]
}
