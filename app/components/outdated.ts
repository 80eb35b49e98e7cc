import { unstable_isUnrecognizedActionError as isUnknownAction } from 'next/navigation'
import { keepTyped, putBackTyped, type TypedForm } from './typed-form'

// Until the page has been loaded again; nothing of it stays after that.
const KEPT = 'typed'

let typed: TypedForm | null = null

if (typeof document !== 'undefined') {
  // React takes a form away with the page that failed, so what is in it is read when it is sent.
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement)
      typed = keepTyped([...document.forms].indexOf(target), fieldsOf(target))
  })
  addEventListener('load', putBack)
}

/** Whether a form was sent from a page of another build than the server's: its action was not run. */
export function isOutdated(error: unknown): boolean {
  return isUnknownAction(error)
}

/** Loads the document anew, as the server has it now, and keeps what was typed. */
export function loadAgain(): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, typed]))
  } catch {
    // A browser that keeps nothing loads the page all the same.
  }
  location.reload()
}

function putBack(): void {
  try {
    const [path, kept]: [string, TypedForm | null] = JSON.parse(
      sessionStorage.getItem(KEPT) ?? '["", null]',
    )
    sessionStorage.removeItem(KEPT)
    if (path === location.pathname && kept) putBackTyped(kept, [...document.forms].map(fieldsOf))
  } catch {
    // It may not be read, or is none of ours.
  }
}

function fieldsOf({ elements }: HTMLFormElement) {
  return [...elements].filter(isField)
}

function isField(
  element: Element,
): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  return /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)
}
