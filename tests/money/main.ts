import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { log } from '@/lib/log'
import { live } from './life'
import { isRule, RULES, type Rule } from './rules'
import { shortest } from './shortest'
import { spread } from './spread'

/**
 * `npm run sim:money`: lives random lifecycles of customers in the sandbox, and holds after each thing that
 * happens what the application allows against what was paid. `--runs N` how many, `--seed N` the first
 * seed (alone, it lives that life), `--only 1,4` the actions of it to make, `--without RULE` with one rule of
 * tests/money/rules.ts less, `--workers N` in how many processes.
 */
async function main(): Promise<number> {
  log.level = 'silent'
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      without: { type: 'string' },
      workers: { type: 'string', default: `${availableParallelism()}` },
    },
  })
  const rule = ruleOf(values.without)
  const runs = Number(values.runs ?? (values.seed ? 1 : 1_000))
  const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  if (values.only) return replay(first, values.only.split(',').map(Number), rule)
  const began = performance.now()
  const { wrong, lifecycles, looks } = await spread({ first, runs, rule }, Number(values.workers))
  for (const seed of wrong.slice(0, PRINTED)) await printShortest(seed, rule)
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  const found = `${wrong.length} violations${wrong.length > PRINTED ? `, seeds ${wrong.join(', ')}` : ''}`
  console.log(
    `${lifecycles} lifecycles from seed ${first}, access compared ${looks} times: ${found} (${seconds} s)`,
  )
  return wrong.length > 0 ? 1 : 0
}

// The stories of more would not be read.
const PRINTED = 3

async function printShortest(seed: number, rule: Rule | null): Promise<void> {
  const { wrongs, actions, story } = await shortest({ seed, rule })
  console.log(`The life of seed ${seed} goes wrong:\n${lines(story)}\n${lines(wrongs)}`)
  const how = `--seed ${seed} --only ${actions.join(',')}${rule ? ` --without ${rule}` : ''}`
  console.log(`Replay it: npm run sim:money -- ${how}`)
}

async function replay(seed: number, only: number[], rule: Rule | null): Promise<number> {
  const { wrongs, story } = await live({ seed, only, rule })
  console.log(`${lines(story)}\n${wrongs.length > 0 ? lines(wrongs) : 'Nothing is wrong.'}`)
  return wrongs.length > 0 ? 1 : 0
}

function lines(all: readonly string[]): string {
  return all.map((line) => `  ${line}`).join('\n')
}

function ruleOf(name: string | undefined): Rule | null {
  if (name === undefined || isRule(name)) return name ?? null
  throw new Error(`There is no rule ${name}. There are: ${Object.keys(RULES).join(', ')}.`)
}

process.exitCode = await main()
