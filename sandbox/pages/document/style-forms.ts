/** Fields and buttons. A target is at least 24 px (WCAG 2.5.8); ours are 44 px, or 36 px where they stand in a row. */
export const STYLE_FORMS = `
.button { appearance: none; display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 2.75rem;
  padding: .5rem 1.125rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper); color: var(--ink);
  font: 500 1rem/1.25 var(--sans); text-decoration: none; cursor: pointer; transition: background-color .12s, border-color .12s }
.button:hover { background: var(--sand); color: var(--ink); border-color: var(--ink-3) }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
.button.primary:hover { background: var(--accent-hover); border-color: var(--accent-hover) }
.button.grave { background: var(--paper); border-color: var(--bad-edge); color: var(--bad) }
.button.grave:hover { background: var(--bad-soft) }
.button.compact { min-height: 2.25rem; padding: .25rem .75rem; font-size: .875rem }
.button.wide { width: 100%; min-height: 3rem }
.button.is-busy { cursor: progress; opacity: .75 }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem }

.fields { display: grid; gap: 1rem }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(7.5rem, 100%), 1fr)); align-items: start }
.field { display: grid; gap: .375rem; align-content: start; min-width: 0 }
label, .label, legend { font-size: .875rem; font-weight: 500; color: var(--ink) }
input[type=text], input[type=email], input[type=tel], input[type=number], select, textarea {
  appearance: none; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: 8px;
  background: var(--paper); color: var(--ink); font: 400 1rem/1.5 var(--sans); font-variant-numeric: tabular-nums }
textarea { min-height: 5rem; resize: vertical }
select { padding-right: 2.25rem; background-image: linear-gradient(45deg, transparent 50%, var(--ink-2) 50%), linear-gradient(-45deg, transparent 50%, var(--ink-2) 50%);
  background-size: 6px 6px; background-position: right 17px center, right 11px center; background-repeat: no-repeat }
select { text-overflow: ellipsis }
select option { background: var(--paper); color: var(--ink) }
:is(input, select, textarea):hover { border-color: var(--ink-2) }
:is(input, select, textarea):focus-visible { outline: 2px solid var(--focus); outline-offset: 0; border-color: var(--focus); border-radius: 8px }
[aria-invalid=true] { border-color: var(--bad-edge); box-shadow: inset 0 0 0 1px var(--bad-edge) }
input[readonly] { background: var(--sand); border-color: var(--line); color: var(--ink-2) }
::placeholder { color: var(--ink-3); opacity: 1 }
.error { color: var(--bad); font-size: .875rem; display: flex; gap: .375rem }
.error::before { content: "!"; flex: none; width: 1.125rem; height: 1.125rem; margin-top: .1rem; border-radius: 50%; border: 1.5px solid;
  font-size: .75rem; font-weight: 700; line-height: 1rem; text-align: center }

fieldset { border: 0; min-width: 0; display: grid; gap: .625rem }
legend { padding: 0; margin-bottom: .625rem; font-size: 1rem; font-weight: 600 }
.choice { display: grid; grid-template-columns: auto 1fr auto; gap: .125rem .75rem; align-items: center; padding: .875rem 1rem;
  border: 1px solid var(--line); border-radius: 8px; cursor: pointer; font-weight: 400; font-size: 1rem }
.choice.slim { padding: .5rem .875rem; height: 100% } .choice > span { min-width: 0 }
.choice:hover { border-color: var(--edge) }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.choice:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px }
.choice:has(:disabled) { cursor: default; background: var(--sand) }
.choice input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent) }
.choice input:focus-visible { outline: none }
.choice strong { font-weight: 600 }
.choice-more { grid-column: 2 / -1; color: var(--ink-2); font-size: .875rem }

.quick { display: flex; flex-wrap: wrap; gap: .375rem; align-items: center } .quick .button { padding-inline: .625rem }
[hidden] { display: none !important }
.element { display: block; min-height: 0; background: transparent } .element form { padding: 4px }
@media (prefers-color-scheme: dark) { .element { background: var(--paper) } }
.tests { border: 1px dashed var(--edge); border-radius: 8px; padding: .75rem; display: grid; gap: .5rem; background: var(--sand) }
.tests .button { background: var(--paper) }
.tests > p { font-size: .875rem; color: var(--ink-2) }
summary { cursor: pointer; font-size: .875rem; color: var(--ink-2); padding: .25rem 0 }
summary:hover { color: var(--ink) }
.tests table { margin-top: .5rem; font-size: .875rem }
.tests td, .tests th { padding: .375rem .75rem .375rem 0 }
table { width: 100%; border-collapse: collapse }
caption { text-align: left }
th { text-align: left; font-weight: 500 }
thead th { font-size: .8125rem; color: var(--ink-2) }
td, th { padding: .625rem 1rem .625rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td:last-child, th:last-child { padding-right: 0 }
tbody tr:last-child > * { border-bottom: 0 }
.end { text-align: right }
`
