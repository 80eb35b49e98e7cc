import { expect, test } from 'vitest'
import { SESSION_COOKIES } from '@/lib/auth/session-cookies'
import nextConfig from '@/next.config'
import { config } from '@/proxy'

const keysOf = (has: readonly { type: string; key?: string }[] = []) =>
  has.flatMap(({ type, key }) => (type === 'cookie' && key ? [key] : []))

test('a visitor who has the plans made for them, by either name of the session, has them under a policy of their own', async () => {
  const { beforeFiles } = await nextConfig.rewrites()
  const made = beforeFiles
    .filter(({ source }) => source === '/pricing')
    .flatMap(({ has }) => keysOf(has))
  const sealed = config.matcher
    .filter(({ source }) => source === '/pricing')
    .flatMap((each) => keysOf('has' in each ? each.has : []))
  expect(made).toEqual([...SESSION_COOKIES])
  expect(sealed).toEqual([...SESSION_COOKIES])
})
