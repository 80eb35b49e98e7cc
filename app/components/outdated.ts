import { unstable_isUnrecognizedActionError as isUnknownAction } from 'next/navigation'

// Until the page has been loaded again; nothing of it stays after that.
const KEPT = 'typed'

type Field = { name: string; type: string; value: string }

let typed: Field[] = []

if (typeof document !== 'undefined') {
  // React takes a form away with the page that failed, so what is in it is read when it is sent.
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement) typed = fieldsOf(target)
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
    const [path, fields]: [string, Field[]] = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]')
    sessionStorage.removeItem(KEPT)
    if (path === location.pathname) fields.forEach(fill)
  } catch {
    // It may not be read, or is none of ours.
  }
}

// No password or file, nothing that the page itself wrote, and no consent: that is given to what stands there now.
function fieldsOf({ elements }: HTMLFormElement): Field[] {
  return [...elements].flatMap((element) => {
    if (!isField(element) || !element.name || /^(hidden|password|file)$/.test(element.type))
      return []
    const { name, type, value } = element
    const ticked = 'checked' in element && /^(radio|checkbox)$/.test(type)
    if (ticked && (!element.checked || (type === 'checkbox' && element.required))) return []
    return [{ name, type, value }]
  })
}

function fill({ name, type, value }: Field): void {
  for (const element of document.getElementsByName(name)) {
    if (!isField(element) || element.type !== type) continue
    if (!('checked' in element) || !/^(radio|checkbox)$/.test(type)) element.value = value
    else if (element.value === value) element.checked = true
  }
}

function isField(
  element: Element,
): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  return /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)
}
