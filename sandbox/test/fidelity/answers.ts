import { libraryType, type Meant, typeOfEvent, typesOfObject } from './sdk-types'
import { mistakesIn, WHOLE } from './type-violations'
import { shownUnasked } from './unasked'

/** Everything in which an answer of the API is not what the SDK's types say, given what was expanded. */
export function mistakesInAnswer(body: unknown, expanded: readonly string[] = []): string[] {
  const of = kindOf(body)
  const list = LISTS[of] ?? (isNode(body) && 'next_page_url' in body ? 'V2List' : undefined)
  if (list && isNode(body) && Array.isArray(body.data)) {
    const paths = expanded.map((path) => path.replace(/^data\./, ''))
    return [
      ...mistakesIn(body, libraryType(list, ANYTHING), of),
      ...body.data.flatMap((entry) => mistakesInAnswer(entry, paths)),
    ]
  }
  const mistakes = mistakesInOne(body, of).filter((mistake) => !isAsked(mistake, of, expanded))
  return [...mistakes, ...shownUnasked(body, expanded)]
}

/** Whether it is no mistake, because the object was expanded there. */
function isAsked(mistake: string, of: string, expanded: readonly string[]): boolean {
  if (!mistake.endsWith(WHOLE)) return false
  const path = mistake.slice(of.length + 1, -WHOLE.length).replaceAll(/\[\d+\]/g, '')
  return expanded.some((other) => other === path || other.startsWith(`${path}.`))
}

/** As `mistakesInAnswer`, for an event: its object is in the form that its type says, and nothing in it is expanded. */
function mistakesInEvent(event: Record<string, unknown>): string[] {
  const type = String(event.type)
  const declared = typeOfEvent(type)
  if (!declared) return [`${type}: no such event`]
  return mistakesIn(event, declared, type)
}

function mistakesInOne(body: unknown, of: string): string[] {
  if (!isNode(body)) return [`${JSON.stringify(body)} is no object`]
  if (of === 'event') return mistakesInEvent(body)
  const possible = of.startsWith('v2.') ? [...typesOfObject(of), DELETED_V2] : typesOfObject(of)
  if (possible.length === 0) return [`${of}: no such object`]
  const tried = possible.map((type) => mistakesIn(body, type, of))
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
