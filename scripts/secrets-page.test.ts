import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseEnv } from '@/lib/env'
import { GOOD, problemsOf } from '@/lib/env.fixture'
import { secretVariables } from './reference/variables'
import { ROOT } from './stack/paths'

const page = readFileSync(join(ROOT, 'docs/how-to/rotate-every-secret.md'), 'utf8')
const rows = [...page.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name = '']) => name)

describe('docs/how-to/rotate-every-secret.md', () => {
  it('has each secret of the environment in its table, and no variable that is none', () => {
    expect(secretVariables().length).toBeGreaterThan(9)
    expect(rows.toSorted()).toEqual(secretVariables())
  })

  it('says under a heading what to do about each', () => {
    const headings = (page.match(/^### .*$/gm) ?? []).join(' ')
    expect(secretVariables().filter((name) => !headings.includes(name))).toEqual([])
  })

  it('names as lists exactly the variables that take an earlier value beside the new one', () => {
    const values: Record<string, string> = {
      ...GOOD,
      AUDIT_SECRET: 'b64/9fKq5Qn6yJm3vVvqk1dDq8r0u1Zy2w3',
    }
    const both = {
      ...values,
      STRIPE_WEBHOOK_SECRET: `${values.STRIPE_WEBHOOK_SECRET},whsec_9d8e7f6a5b4c3d2e1f0a`,
    }
    expect(problemsOf(both)).toEqual([])
    expect(parseEnv(both).stripe.webhookSecrets).toHaveLength(2)
    const audited = parseEnv({
      ...values,
      AUDIT_SECRET: `${values.AUDIT_SECRET},${values.AUTH_SECRET}`,
    })
    expect(audited.auditSecrets).toHaveLength(2)
    const lists = rows.filter((name) =>
      new RegExp(`^\\| \`${name}\` .*the variable holds`, 'm').test(page),
    )
    expect(lists).toEqual(['STRIPE_WEBHOOK_SECRET', 'AUDIT_SECRET'])
  })
})
