import { expect, expectTypeOf, it } from 'vitest'
import type { UserId, WorkspaceId } from '@/lib/ids'
import { personalWorkspaceOf } from './personal'

const ADA = '0000ada0-0000-4000-8000-000000000000'

it('a user’s own workspace has the user’s id', () => {
  expect(personalWorkspaceOf(ADA)).toBe(ADA)
})

it('a user’s id does not compile where a workspace is meant, nor the reverse', () => {
  expectTypeOf<UserId>().not.toExtend<WorkspaceId>()
  expectTypeOf<string>().not.toExtend<WorkspaceId>()
  expectTypeOf<WorkspaceId>().not.toExtend<UserId>()
  expectTypeOf(personalWorkspaceOf).parameter(0).toEqualTypeOf<UserId>()
})
