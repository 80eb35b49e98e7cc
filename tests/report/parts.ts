/** The tests of one noun, or of one way to prove, under a heading. */
export type Part = { title: string; tests: RegExp }

const GENERATED =
  'Written by `npm run breakage` from the tests, each of which says it in the line above itself. What is promised, and how soon, is in [reliability](../reliability.md)'

const CONNECTIONS: Part[] = [
  { title: 'Postgres, and the connections to it', tests: /^(db|tests\/(pooler|harness))\// },
  { title: 'A process that dies', tests: /^tests\/crash\// },
  { title: 'Deliveries of Stripe, and Redis', tests: /^(lib\/(webhooks|redis)|tests\/load)\// },
]

const RECORDS: Part[] = [
  { title: 'What Stripe says, and what never arrived', tests: /^lib\/(reconcile|sync|stripe)\// },
  { title: 'The audit trail', tests: /^lib\/audit\// },
  { title: 'What an operator must see', tests: /^lib\/(health|jobs|doctor)\// },
  // Whatever else says what breaks has its place here.
  { title: 'Customers, money and emails', tests: /^/ },
]

/** The pages of what breaks. Two, so that each can be read and has room for the next row. */
export const PAGES = {
  'docs/reference/failures-of-connections.md': {
    title: 'What breaks between processes',
    intro: `${GENERATED}; what breaks in the records is [a page of its own](failures-of-records.md).`,
    parts: CONNECTIONS,
  },
  'docs/reference/failures-of-records.md': {
    title: 'What breaks in the records',
    intro: `${GENERATED}; what breaks between processes is [a page of its own](failures-of-connections.md).`,
    parts: RECORDS,
  },
} as const

/** The first part that a test belongs to. */
export function partOf(file: string): Part | undefined {
  return [...CONNECTIONS, ...RECORDS].find(({ tests }) => tests.test(file))
}
