import { setTimeout as wait } from 'node:timers/promises'
import { givenPart } from '@/scripts/stack/part'
import type { Stack } from '@/scripts/stack/stack'
import type { Counts } from '@/scripts/test/counts'
import { prove } from './prove'

/** A program in the frame, which ends as its argument says; it prints when its part is up and stopped. */
const [, , name = '', end = ''] = process.argv

process.exit(await prove({ name, program: 'prove.fixture.ts', underWay: 'One is proven', work }))

async function work(stack: Stack): Promise<Counts | number> {
  const redis = givenPart('Redis', '')
  const ended = end === 'part ends' ? Promise.resolve('Redis was killed.') : redis.ended
  const stop = async () => console.log('stopped')
  await stack.bring(async () => ({ ...redis, ended, stop }))
  console.log('up')
  if (end === 'throws') throw new Error('The catalog could not be pushed.')
  if (end === 'wrong') return { passed: 2, failed: 1 }
  if (end === 'right') return { passed: 3, failed: 0 }
  if (end === 'code') return 7
  // Alive until it is asked to end.
  return wait(60_000, 0)
}
