import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { noteDeletion, readSessionOver } from './session-over'

const SESSION = 'authjs.session-token'

const world = vi.hoisted(() => ({ jar: null as unknown }))

vi.mock('next/headers', () => ({ cookies: async () => world.jar }))
vi.mock('@/lib/env', () => ({
  env: () => ({ appUrl: 'http://localhost:3000', auth: { secret: 'a-secret-of-ours' } }),
}))

let jar: CookieJar

beforeEach(() => {
  jar = new CookieJar()
  world.jar = jar
})

describe('signing in says why a visitor is asked to', () => {
  test('of a browser that was never signed in it says nothing', async () => {
    expect(await readSessionOver()).toBeNull()
  })

  test('of one whose session ended elsewhere or by its age, that it ended', async () => {
    jar.set(SESSION, 'over')
    expect(await readSessionOver()).toMatchObject({ title: 'You are not signed in any more.' })
  })

  test('of one whose account was deleted, that its deletion was asked for', async () => {
    jar.set(SESSION, 'over')
    await noteDeletion()
    expect(await readSessionOver()).toMatchObject({
      title: 'You asked for your account to be deleted.',
    })
  })

  test('of a later session in the same browser, nothing about the account that was deleted before', async () => {
    jar.set(SESSION, 'over')
    await noteDeletion()
    jar.set(SESSION, 'of-a-new-account')
    expect(await readSessionOver()).toMatchObject({ title: 'You are not signed in any more.' })
  })

  test('a cookie that no form of ours left says nothing about an account', async () => {
    jar.set(SESSION, 'over')
    jar.set('deletion', 'planted')
    expect(await readSessionOver()).toMatchObject({ title: 'You are not signed in any more.' })
  })
})
