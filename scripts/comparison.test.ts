import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './stack/paths'

const page = readFileSync(join(ROOT, 'docs/comparison.md'), 'utf8')
const [, ours = '', ...rest] = page.split(/^## /m)
const peers = rest
  .filter((section) => !section.startsWith('Where Ledgerline is worse'))
  .map((section): [string, string] => [section.split('\n')[0] ?? '', section])

describe('docs/comparison.md', () => {
  it('holds each claim about this project by a test, a program or a page of it that exists', () => {
    const claims = (ours.match(/^\|.*$/gm) ?? []).slice(2)
    expect(claims.length).toBeGreaterThan(8)
    for (const claim of claims) {
      const links = [...claim.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => join('docs', to))
      expect(links.length, claim).toBeGreaterThan(0)
      expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    }
  })

  it('compares with the six that are named', () => {
    expect(peers.map(([name]) => name)).toEqual([
      'nextjs/saas-starter',
      '@better-auth/stripe',
      'Dub',
      'cal.com',
      'Pay',
      'Laravel Cashier',
    ])
  })

  it.each(peers)(
    'says of %s where it is better, and where each fact about it was read',
    (_, section) => {
      for (const part of ['Better', 'Otherwise']) {
        const [line = ''] = section.match(new RegExp(`^- \\*\\*${part}:\\*\\*.*$`, 'm')) ?? []
        expect(line, part).toMatch(/\]\(https:\/\/(github\.com|laravel\.com)\//)
      }
      expect(section).toContain('- **Take it**')
    },
  )
})
