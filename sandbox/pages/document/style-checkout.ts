/** Checkout: what you buy on sand, how you pay on paper; one column where there is no room for two. */
export const STYLE_CHECKOUT = `
.checkout { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) }
.checkout > section { padding: 3rem 3.5rem 4rem }
.checkout > .buying { background: var(--sand); border-right: 1px solid var(--line); display: flex; justify-content: flex-end }
.checkout > section > div { width: 100%; max-width: 26.5rem }
.paying .stack, .stack { display: grid; gap: 1.75rem }
.merchant { display: flex; align-items: center; gap: .75rem; margin-bottom: 2.25rem; font-weight: 600 }
.merchant .mark { width: 2.25rem; height: 2.25rem; font-size: 1rem; background: var(--sand-deep); color: var(--ink) }
.back { display: inline-flex; align-items: center; min-height: 2rem; margin-left: auto; font-size: .875rem; font-weight: 400 }
.back::before, .top a::before { content: ""; flex: none; width: .4375rem; height: .4375rem; margin-right: .5rem; border: solid; border-width: 0 0 1.5px 1.5px; transform: rotate(45deg) }
.buying > div { display: flex; flex-direction: column } .about { margin-top: auto; padding-top: 3rem; color: var(--ink-3); font-size: .8125rem }
.buying h1 { font-size: 1.0625rem; font-weight: 500; color: var(--ink-2); letter-spacing: 0 }
.price { display: flex; align-items: baseline; flex-wrap: wrap; gap: 0 .625rem; margin: .25rem 0 .25rem }
.price .money { font-size: clamp(2.25rem, 1.9rem + 1.6vw, 2.875rem); line-height: 1.15; font-weight: 600; letter-spacing: -.03em }
.price .per { color: var(--ink-2) }
.bill { margin-top: 2rem }
.bill > div { display: flex; justify-content: space-between; gap: 1.5rem; padding: .625rem 0 }
.bill dt { min-width: 0 } .bill dd { text-align: right; flex: none }
.bill .more { display: block; color: var(--ink-2); font-size: .875rem }
.bill .sum { border-top: 1px solid var(--line); color: var(--ink-2) }
.bill .total { border-top: 1px solid var(--edge); font-weight: 600; font-size: 1.0625rem; padding-top: .875rem; margin-top: .25rem; position: relative }
.bill .total::before { content: ""; position: absolute; left: 0; right: 0; top: 2px; border-top: 1px solid var(--edge) }
.terms { margin-top: 1.5rem; color: var(--ink-2); font-size: .875rem; text-wrap: pretty }
.after { color: var(--ink-2); font-size: .8125rem; text-align: center; text-wrap: pretty }
@media (max-width: 56rem) {
  .checkout { grid-template-columns: minmax(0, 1fr); align-content: start }
  .checkout > section { padding: 2rem 1.25rem 2.25rem; display: flex; justify-content: center }
  .checkout > .buying { border-right: 0; border-bottom: 1px solid var(--line); justify-content: center }
  .about { display: none }
  .merchant { margin-bottom: 1.25rem } .bill { margin-top: 1rem } .terms { margin-top: 1rem }
}
.bank { max-width: 27rem; margin: 3.5rem auto 5rem; padding: 0; border: 1px solid var(--line); border-radius: 12px; overflow: hidden; width: calc(100% - 2.5rem) }
.bank-head { display: flex; justify-content: space-between; gap: 1rem; padding: .875rem 1.5rem; background: var(--sand); border-bottom: 1px solid var(--line); font-size: .875rem; color: var(--ink-2) }
.bank-body { padding: 1.75rem 1.5rem; display: grid; gap: 1.25rem }
.bank-body .actions { display: grid; gap: .75rem }
.facts > div { display: flex; justify-content: space-between; gap: 1.5rem; padding: .5rem 0; border-bottom: 1px solid var(--line) }
.facts > div:last-child { border-bottom: 0 } .facts dt { color: var(--ink-2) } .facts dd { text-align: right }
`
