/** A page as it came, and where it leads. */
export type Answer = { status: number; location: string | null; text: string; ms: number }

/** As much of a browser without JavaScript as a purchase takes: cookies, pages and forms. */
export type Browser = ReturnType<typeof openBrowser>

// Longer than any answer of ours may take: a page that hangs is distinguished from one that is slow.
const HANGS_MS = 30_000

/** Opens one at `origin`; `heard` is called with each answer. Where a page leads, the caller follows. */
export function openBrowser(origin: string, heard: (answer: Answer) => void = () => {}) {
  const cookies = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const began = performance.now()
    const url = new URL(path, origin)
    const mine = url.origin === origin
    const headers = {
      origin: url.origin,
      'sec-fetch-site': 'same-origin',
      ...(mine ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
    }
    const response = await fetch(url, {
      ...init,
      headers: { ...headers, ...init.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(HANGS_MS),
    })
    for (const line of mine ? response.headers.getSetCookie() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const text = await response.text()
    const answer = {
      ...{ status: response.status, location: response.headers.get('location'), text },
      ms: performance.now() - began,
    }
    if (mine) heard(answer)
    return answer
  }

  return {
    /** Comes with a session that was begun elsewhere. */
    sign: (session: string) => void cookies.set('authjs.session-token', session),
    get: (path: string) => ask(path),
    /** Presses the button of the form on a page that has `mark` in it, with these fields filled in. */
    async press(page: string, mark: string, fields: Record<string, string>): Promise<Answer> {
      const { text } = await ask(page)
      const form = [...text.matchAll(/<form\b.*?<\/form>/gs)].find(([html]) => html.includes(mark))
      if (!form) return { status: 0, location: null, text, ms: 0 }
      const body = new FormData()
      for (const [input] of form[0].matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
        const value = /value="([^"]*)"/.exec(input)?.[1] ?? ''
        body.set(/name="([^"]*)"/.exec(input)?.[1] ?? '', value)
      }
      for (const [name, value] of Object.entries(fields)) body.set(name, value)
      return ask(page, { method: 'POST', body })
    },
    /** Sends a plain form to an address, here or elsewhere. */
    send: (address: string, fields: Record<string, string>) =>
      ask(address, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}
