import { CALM, type Chaos } from '@/sandbox/chaos/chaos'
import { OLDER_VERSIONS } from '@/sandbox/deliveries/older/versions'
import { formError, inputField, selectField } from '@/sandbox/pages/fields'
import { attributes, type Child, type Html, html } from '@/sandbox/pages/html'
import { dashboardPage } from './frame'

type Switch = 'duplicate' | 'reorder' | 'drop' | 'second_signature'
type Amount = 'delay_seconds' | 'late_seconds' | 'rate_limit'

/** The switches that are on or off, and what each does. */
export const SWITCHES: Record<Switch, { name: string; effect: string }> = {
  duplicate: { name: 'Duplicate', effect: 'Each event is sent twice, at the same time.' },
  reorder: { name: 'Reorder', effect: 'What comes together is sent newest first.' },
  drop: { name: 'Drop', effect: 'Events are not sent at all; “send again” still sends them.' },
  second_signature: {
    name: 'Second signature',
    effect: 'Another v1 signature comes first, as while a secret is rolled.',
  },
}

/** The switches that are amounts. */
export const AMOUNTS: Record<Amount, string> = {
  delay_seconds: 'Delay, in real seconds',
  late_seconds: 'Late, in seconds of the clock',
  rate_limit: 'API requests to answer 429 next',
}

interface Shown {
  now: number
  chaos: Chaos
  done?: Child
  problem?: string | null
}

/** What goes wrong on request, as one form. */
export function chaosPage({ now, chaos, done, problem = null }: Shown): string {
  const calm = JSON.stringify(chaos) === JSON.stringify(CALM)
  return dashboardPage({
    title: 'Chaos',
    here: 'Chaos',
    now,
    done,
    body: html`<header><h1>Chaos ${calm ? html`<span class="status ok">All off</span>` : html`<span class="status warn">On</span>`}</h1>
<p class="quiet">What Stripe does on its worst days, whenever you want it.</p></header>
${formError(problem)}
<form class="switches" method="post" action="/dashboard/chaos"><fieldset><legend>Deliveries</legend>
${entries(SWITCHES).map(([name, words]) => choice(name, words, chaos[name]))}</fieldset>
<fieldset><legend>Amounts</legend><div class="amounts">${entries(AMOUNTS).map(([name, label]) =>
      inputField({
        id: name,
        name,
        label,
        value: String(chaos[name]),
        inputmode: 'numeric',
        maxlength: 7,
      }),
    )}</div></fieldset>
<fieldset><legend>Shapes</legend><div class="amounts">${selectField(
      {
        id: 'api_version',
        name: 'api_version',
        label: 'API version of every delivery',
        value: chaos.api_version,
      },
      [
        { code: '', name: 'As each endpoint asks' },
        ...OLDER_VERSIONS.map((version) => ({ code: version, name: version })),
      ],
    )}</div></fieldset>
<div class="actions"><button class="button primary" type="submit">Save</button>
<button class="button" type="submit" name="off" value="yes">Switch everything off</button></div></form>`,
  })
}

function choice(name: Switch, words: { name: string; effect: string }, on: boolean): Html {
  const box = attributes({ type: 'checkbox', name, value: 'true', checked: on })
  return html`<label class="choice"><input${box}><strong>${words.name}</strong><span class="choice-more">${words.effect}</span></label>`
}

function entries<K extends string, V>(record: Record<K, V>): [K, V][] {
  return Object.entries(record) as [K, V][]
}
