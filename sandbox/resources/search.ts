import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { required } from '@/sandbox/http/rule'
import { integer, text } from '@/sandbox/http/rules'

const SEARCH = { query: required(text()), limit: integer(1, 100), page: text() }

export const searchCustomers = endpoint('GET', '/v1/customers/search', SEARCH, ({ tx, params }) =>
  found(tx.all('customer'), params, '/v1/customers/search'),
)

export const searchSubscriptions = endpoint(
  'GET',
  '/v1/subscriptions/search',
  SEARCH,
  ({ tx, params }) => found(tx.all('subscription'), params, '/v1/subscriptions/search'),
)

function found<T extends object>(
  rows: readonly T[],
  {
    query,
    limit = 10,
    page,
  }: { query: string; limit?: number | undefined; page?: string | undefined },
  url: string,
) {
  const clauses = clausesOf(query)
  const from = Number(page ?? 0)
  const matching = [...rows].reverse().filter((row) => clauses.every((clause) => clause(row)))
  const has_more = matching.length > from + limit
  return {
    object: 'search_result',
    data: matching.slice(from, from + limit),
    has_more,
    next_page: has_more ? String(from + limit) : null,
    url,
  }
}

/** Clauses such as `metadata['user_id']:'u1'` and `email~"ana"`, joined by AND. A minus in front negates. */
function clausesOf(query: string): ((row: object) => boolean)[] {
  return query.split(/\s+AND\s+/i).map((clause) => {
    const match = /^(-?)([a-z_]+)(?:\[(["'])(.+?)\3\])?\s*(:|~)\s*(["'])(.*)\6$/.exec(clause.trim())
    if (!match)
      throw ApiError.invalid(
        `We were unable to parse your search query: ${clause}`,
        'query',
        'search_query_invalid',
      )
    const [, minus, field = '', , key, operator, , wanted = ''] = match
    return (row) => {
      const value: unknown = Object.entries(row).find(([name]) => name === field)?.[1]
      const entry: unknown = key === undefined ? value : Object(value)[key]
      const text = typeof entry === 'string' ? entry.toLowerCase() : null
      const is =
        text !== null &&
        (operator === ':' ? text === wanted.toLowerCase() : text.includes(wanted.toLowerCase()))
      return minus ? !is : is
    }
  })
}
