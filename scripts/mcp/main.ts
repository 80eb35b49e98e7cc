import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { disconnect } from '@/db/client'
import { BRAND } from '@/lib/brand'
import { log } from '@/lib/log'
import { ROOT } from '@/scripts/stack/paths'
import { answerLine } from './serve'

/**
 * `npm run --silent mcp`: a server of the Model Context Protocol over stdio, which answers a developer's agent
 * from the records, and changes nothing. Standard output carries the protocol and nothing else. It ends with
 * its input.
 */
// What a line of the log would say is said in the answer; and on this output it would be no message.
log.level = 'silent'
const { version }: { version: string } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
)
const server = { name: BRAND.stripe.app, title: BRAND.name, version }

// One after the other: an agent that asks five things at once gets the answers in that order.
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue
  const answer = await answerLine(line, server)
  if (answer) process.stdout.write(`${JSON.stringify(answer)}\n`)
}
await disconnect()
