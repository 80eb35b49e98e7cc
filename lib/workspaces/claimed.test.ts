import { describe, expect, it } from 'vitest'
import { BRAND } from '@/lib/brand'
import { claimedWorkspace } from './claimed'

const OWN = '0000ada0-0000-4000-8000-000000000000'
const TEAM = '00007ea0-0000-4000-8000-000000000000'
const OURS = { app: BRAND.stripe.app, env: 'test', workspaceId: null, userId: null }

const claimed = (over: Partial<Record<keyof typeof OURS, string | null>>) =>
  claimedWorkspace({ ...OURS, ...over }, 'test')

describe('the metadata of a customer', () => {
  it('name a workspace', () => {
    expect(claimed({ workspaceId: TEAM })).toBe(TEAM)
  })

  it('from before workspaces name a user, and mean that user’s own', () => {
    expect(claimed({ userId: OWN })).toBe(OWN)
  })

  it('that name both mean the workspace, also where the two disagree', () => {
    expect(claimed({ workspaceId: TEAM, userId: OWN })).toBe(TEAM)
  })

  it('with a workspace that makes no sense name no workspace, whatever user stands beside it', () => {
    expect(claimed({ workspaceId: 'acme', userId: OWN })).toBeNull()
  })

  it.each([
    { app: 'another-shop' },
    { app: null },
    { env: 'production' },
    { env: null },
    { workspaceId: null },
    { workspaceId: '' },
    { workspaceId: `${TEAM} ` },
    { workspaceId: null, userId: 'u_1' },
  ])('count for no workspace with %j', (over) => {
    expect(claimed({ workspaceId: TEAM, ...over })).toBeNull()
  })
})
