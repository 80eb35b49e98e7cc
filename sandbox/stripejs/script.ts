import { askPart } from './browser/ask'
import { elementsPart } from './browser/elements'
import { embeddedPart } from './browser/embedded'
import { finishPart } from './browser/finish'
import { framePart } from './browser/frame'
import { modalPart } from './browser/modal'
import { stripePart } from './browser/stripe'
import { BUILD } from './sent-as'

const PARTS = {
  ask: askPart,
  elements: elementsPart,
  embedded: embeddedPart,
  finish: finishPart,
  frame: framePart,
  modal: modalPart,
}

/** The sandbox's stand-in for Stripe.js: it leaves `Stripe` in the window, where `loadStripe` finds it. */
export const STRIPE_JS = `// The sandbox's stand-in for Stripe.js: no money moves.
(() => {
  ${BUILD}
  if (window.Stripe) return
  const parts = { base: new URL(document.currentScript.src).origin }
${Object.entries(PARTS)
  .map(([name, part]) => `  parts.${name} = (${part.toString()})(parts)`)
  .join('\n')}
  window.Stripe = (${stripePart.toString()})(parts)
})()
`
