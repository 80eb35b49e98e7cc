import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { agrees, askKey } from './ask-key'

const RESTRICTED = 'rk_test_51Ledgerline'

describe('a person at a terminal', () => {
  it.each([
    ['a test key', ['sk_test_51Ledgerline'], { kind: 'key', key: 'sk_test_51Ledgerline' }],
    ['a restricted key', [` ${RESTRICTED} `], { kind: 'key', key: RESTRICTED }],
    ['nothing, to go on with the local sandbox', [''], { kind: 'none' }],
    [
      'for a sandbox without an account, with an address',
      ['new', 'ada@example.test'],
      { kind: 'cli', email: 'ada@example.test' },
    ],
    ['for one with the address of Git', ['NEW', ''], { kind: 'cli', email: null }],
  ])('answers %s', async (_, answers, asked) => {
    expect((await press(answers)).answer).toEqual(asked)
  })

  it('is asked again after a live key and after what is no key, and neither is repeated', async () => {
    const { answer, said } = await press(['sk_live_51Ledgerline', 'hunter2', RESTRICTED])
    expect(answer).toEqual({ kind: 'key', key: RESTRICTED })
    expect(said).toContain('That is a live key.')
    expect(said).toContain('That is no key of Stripe.')
    expect(said).not.toMatch(/51Ledgerline|hunter2/)
  })

  it('reads which permissions a restricted key needs before giving one', async () => {
    const { said } = await press([''])
    for (const one of ['Customers: Write', 'Events: Read', 'Webhook Endpoints at Write'])
      expect(said).toContain(one)
  })

  it('without the Stripe CLI is told how to get it, and `new` is no key', async () => {
    const { answer, said } = await press(['new', ''], false)
    expect(answer).toEqual({ kind: 'none' })
    expect(said).toContain('npm install --global @stripe/cli')
  })

  it.each([
    ['', true],
    ['y', true],
    ['Yes', true],
    ['n', false],
    ['what?', false],
  ])('who answers %j to a question agrees: %s', async (line, agreed) => {
    const { stdin, stdout } = terminal([line])
    expect(await agrees('Go on?', { stdin, stdout })).toBe(agreed)
  })
})

async function press(answers: string[], hasCli = true) {
  const { stdin, stdout, said } = terminal(answers)
  const answer = await askKey(hasCli, { stdin, stdout })
  return { answer, said: said() }
}

/** One that types its next line when it is asked. */
function terminal(answers: string[]) {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()]
  let text = ''
  stdout.on('data', (chunk) => {
    text += chunk
    if (/(Key|Git\)|\[Y\/n\])\S* $/.test(`${chunk}`)) stdin.write(`${answers.shift() ?? ''}\n`)
  })
  return { stdin, stdout, said: () => text }
}
