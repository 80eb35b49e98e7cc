import { libraryType, type Meant, typeOfEvent, typesOfObject } from './sdk-types'
import { violationsIn, WHOLE } from './type-violations'
import { shownUnasked } from './unasked'

/** Everything in which an answer of the API is not what the SDK's types say, given what was expanded. */
export function violationsInAnswer(body: unknown, expanded: readonly string[] = []): string[] {
  const of = kindOf(body)
  const list = LISTS[of] ?? (isNode(body) && 'next_page_url' in body ? 'V2List' : undefined)
  if (list && isNode(body) && Array.isArray(body.data)) {
    const paths = expanded.map((path) => path.replace(/^data\./, ''))
    return [
      ...violationsIn(body, libraryType(list, ANYTHING), of),
      ...body.data.flatMap((entry) => violationsInAnswer(entry, paths)),
    ]
  }
  const violations = violationsInOne(body, of).filter(
    (violation) => !isAsked(violation, of, expanded),
  )
  return [...violations, ...shownUnasked(body, expanded)]
}

/** Whether it is no violation, because the object was expanded there. */
function isAsked(violation: string, of: string, expanded: readonly string[]): boolean {
  if (!violation.endsWith(WHOLE)) return false
  const path = violation.slice(of.length + 1, -WHOLE.length).replaceAll(/\[\d+\]/g, '')
  return expanded.some((other) => other === path || other.startsWith(`${path}.`))
}

/**
 * As `violationsInAnswer`, for an event: its object is in the form that its type says, and nothing
 * in it is expanded.
 */
function violationsInEvent(event: Record<string, unknown>): string[] {
  const type = String(event.type)
  const declared = typeOfEvent(type)
  if (!declared) return [`${type}: no such event`]
  return violationsIn(event, declared, type)
}

function violationsInOne(body: unknown, of: string): string[] {
  if (!isNode(body)) return [`${JSON.stringify(body)} is no object`]
  if (of === 'event') return violationsInEvent(body)
  const possible = of.startsWith('v2.') ? [...typesOfObject(of), DELETED_V2] : typesOfObject(of)
  if (possible.length === 0) return [`${of}: no such object`]
  const tried = possible.map((type) => violationsIn(body, type, of))
  return tried.sort((a, b) => a.length - b.length)[0] ?? []
}

const LISTS: Record<string, string> = { list: 'ApiList', search_result: 'ApiSearchResult' }

const NOWHERE = { file: '', within: [], params: new Map() }
const ANYTHING: Meant = { type: { kind: 'named', name: 'unknown', of: [] }, scope: NOWHERE }
// What `/v2` answers when something is deleted.
const DELETED_V2: Meant = {
  type: {
    kind: 'fields',
    fields: ['id', 'object'].map((name) => ({
      name,
      optional: false,
      type: { kind: 'named', name: 'string', of: [] },
    })),
    index: null,
  },
  scope: NOWHERE,
}

function kindOf(body: unknown): string {
  return isNode(body) ? String(body.object) : typeof body
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
