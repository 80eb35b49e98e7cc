/** Portal and invoices: one column, sections divided by hairlines, actions at the right of what they change. */
export const STYLE_PORTAL = `
.top { border-bottom: 1px solid var(--line); background: var(--sand) }
.top > div { max-width: 46rem; margin: 0 auto; padding: 1rem 1.5rem; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .25rem 1.5rem }
.top strong { font-weight: 600 } .top a { display: inline-flex; min-height: 1.75rem; align-items: center; font-size: .875rem }
.portal { width: 100%; max-width: 46rem; margin: 0 auto; padding: 2.25rem 1.5rem 5rem; display: grid; gap: 2.25rem; align-content: start }
.portal > header { display: grid; gap: .375rem }
.portal > section { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr) }
.portal > section > h2 { padding-bottom: .625rem; border-bottom: 1px solid var(--edge); font-size: .9375rem }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-start; gap: 1rem 1.5rem }
.row > :first-child { min-width: 0; flex: 1 1 16rem }
.row .actions { flex: 0 1 auto }
.plan h3 { font-size: 1.375rem; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center }
.plan .amount { font-size: 1.0625rem; margin-top: .25rem }
.plan p + p { margin-top: .125rem }
.plan + .plan { border-top: 1px solid var(--line); padding-top: 1.25rem }
.lines th, .lines td { padding-block: .75rem } .lines th { font-weight: 400 }
.lines tbody tr:first-child > * { padding-top: 0 }
.lines tfoot :is(th, td) { border-bottom: 0; border-top: 1px solid var(--line) }
.lines .sum > * { font-weight: 600; font-size: 1.0625rem; border-top-color: var(--edge) }
:is(.lines, .history) .more { display: block; color: var(--ink-2); font-size: .875rem; font-weight: 400 }
.pairs { display: grid; gap: .375rem }
.pairs > div { display: grid; grid-template-columns: 6rem minmax(0, 1fr); border: 0; padding: 0 } .pairs dd { text-align: left }
.receipt h1 { display: flex; flex-wrap: wrap; align-items: center; gap: .375rem .75rem } .receipt .price { margin: 0 }
.segments { display: inline-flex; flex-wrap: wrap; padding: 3px; gap: 3px; border: 1px solid var(--line); border-radius: 10px; background: var(--sand) }
.segments a { min-height: 2.25rem; padding: .25rem min(.875rem, 2vw); border-radius: 7px; display: inline-flex; align-items: center; color: var(--ink-2); text-decoration: none; font-size: .9375rem }
.segments a:hover { color: var(--ink) }
.segments a[aria-current] { background: var(--paper); color: var(--ink); font-weight: 500; box-shadow: 0 0 0 1px var(--edge) }
.narrow { max-width: 32rem }
.history td, .history th { vertical-align: middle } .history thead th { padding-top: 0 }
@media (max-width: 34rem) {
  .portal { padding-inline: 1.25rem } .top > div { padding-inline: 1.25rem }
  .row .actions, .row .actions form, .row .actions .button { width: 100% }
  .history thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
  .history tr { display: grid; grid-template-columns: 1fr auto; gap: .125rem 1rem; padding: .75rem 0; border-bottom: 1px solid var(--line) }
  .history :is(td, th) { padding: 0; border: 0 } .history td:nth-child(even) { text-align: right }
}
.legal { max-width: 46rem; width: 100%; margin: auto auto 0; padding: 0 1.5rem 2rem; display: flex; gap: 1.25rem }
`
