import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { documentHtml } from './document'
import { SCRIPT } from './script'
import { pageHeaders } from './security'

describe('the headers of a page', () => {
  const plain = { leaves: false, framed: false, runs: SCRIPT }
  const page = documentHtml({ title: 'A page', now: 0, body: 'text' })

  it.each(['style', 'script'])('let only its own %s run', (element) => {
    const source = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(source).digest('base64')
    expect(source.length).toBeGreaterThan(100)
    expect(pageHeaders(plain)['Content-Security-Policy']).toContain(
      `${element}-src 'sha256-${hash}'`,
    )
  })

  it('let a form end elsewhere only where the page says so', () => {
    expect(pageHeaders(plain)['Content-Security-Policy']).toContain("form-action 'self';")
    expect(pageHeaders({ ...plain, leaves: true })['Content-Security-Policy']).toContain(
      "form-action 'self' http: https:;",
    )
  })
})
