/** Dashboard: the portal's column, wider; lists that become rows of two where there is no room for four columns. */
export const STYLE_DASHBOARD = `
.bar { border-bottom: 1px solid var(--line); background: var(--sand) }
.bar > div { max-width: 60rem; margin: 0 auto; padding: .75rem 1.5rem; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .5rem 1.5rem }
.portal.dashboard { max-width: 60rem }
.dashboard > header h1 { display: flex; flex-wrap: wrap; align-items: center; gap: .375rem .75rem; overflow-wrap: anywhere }
.dashboard code, .dashboard pre { font: 400 .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
.dashboard pre { margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--sand); overflow-x: auto; white-space: pre }
.find { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end } .find .field { flex: 1 1 14rem }
.timeline { list-style: none; border-left: 2px solid var(--line); padding-left: 1.25rem; display: grid; gap: .75rem }
.timeline li { position: relative }
.timeline li::before { content: ""; position: absolute; left: calc(-1.25rem - 6px); top: .45rem; width: .625rem; height: .625rem; border-radius: 50%; background: var(--edge); box-shadow: 0 0 0 3px var(--paper) }
.timeline li.ok::before { background: var(--ok) } .timeline li.bad::before { background: var(--bad) } .timeline li.warn::before { background: var(--warn) }
.timeline .more { display: block; color: var(--ink-2); font-size: .875rem }
.timeline a { color: inherit; text-decoration-color: var(--edge) }
.button[disabled] { cursor: not-allowed; color: var(--ink-3); border-style: dashed; border-color: var(--line); background: none }
.switches { display: grid; gap: 1.75rem }
.switches .amounts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)) }
.clock { border: 1px solid var(--line); border-radius: 12px; background: var(--sand); padding: 1.125rem 1.25rem; display: grid; gap: .75rem }
.clock .button { background: var(--paper) }
@media (max-width: 34rem) { .bar > div { padding-inline: 1.25rem } .dashboard .history tr { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr) } .dashboard .history td:nth-child(even) form { display: inline-block } }
`
