import { ApiError } from '@/sandbox/http/api-error'

/** Whether a row matches; `read` answers what one of its fields holds. */
export type Matches = (read: (field: readonly string[]) => unknown) => boolean

/**
 * Reads Stripe's query language: clauses such as `metadata['user_id']:'u1'`, `email~"ana"` and
 * `total>1000`, joined by AND or by OR. A minus in front negates.
 * @throws ApiError 400 when it cannot be read
 */
export function parseQuery(query: string): Matches {
  const words = query.split(JOINED).map((part) => part.trim())
  const joins = [...query.matchAll(JOINED)].map(([word]) => word.trim().toUpperCase())
  if (new Set(joins).size > 1) throw unreadable(query, 'AND and OR cannot be mixed.')
  const clauses = words.map(parseClause)
  return joins[0] === 'OR'
    ? (read) => clauses.some((clause) => clause(read))
    : (read) => clauses.every((clause) => clause(read))
}

const JOINED = /\s+(?:AND|OR)\s+(?=(?:[^"']|"[^"]*"|'[^']*')*$)/gi
const CLAUSE =
  /^(-?)([a-z_0-9]+(?:\.[a-z_0-9]+)*)(?:\[(["'])(.+?)\3\])?\s*(:|~|>=|<=|>|<)\s*(?:(["'])(.*)\6|([\w.-]+))$/

function parseClause(clause: string): Matches {
  const match = CLAUSE.exec(clause)
  if (!match) throw unreadable(clause)
  const [, minus, path = '', , key, operator = ':', quote, quoted, bare] = match
  const field = [...path.split('.'), ...(key === undefined ? [] : [key])]
  const wanted = quoted ?? bare ?? ''
  const isNull = quote === undefined && wanted === 'null'
  return (read) => {
    const value = read(field)
    const is = isNull ? value === undefined || value === null : compares(value, operator, wanted)
    return minus ? !is : is
  }
}

function compares(value: unknown, operator: string, wanted: string): boolean {
  if (typeof value === 'number' && operator !== '~') {
    const other = Number(wanted)
    if (operator === ':') return value === other
    if (operator === '>') return value > other
    if (operator === '>=') return value >= other
    return operator === '<' ? value < other : value <= other
  }
  if (typeof value === 'boolean') return operator === ':' && String(value) === wanted
  if (typeof value !== 'string') return false
  const text = value.toLowerCase()
  return operator === '~'
    ? text.includes(wanted.toLowerCase())
    : operator === ':' && text === wanted.toLowerCase()
}

function unreadable(part: string, why = ''): ApiError {
  return ApiError.invalid(
    `We were unable to parse your search query: ${part} ${why}`.trim(),
    'query',
    'search_query_invalid',
  )
}
