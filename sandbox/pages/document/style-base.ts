/** Colors, type and the frame. Sand is the sandbox; the one accent is the blue of a marine chart. */
export const STYLE_BASE = `
:root {
  color-scheme: light dark;
  --paper: oklch(.992 .003 85); --sand: oklch(.952 .018 85); --sand-deep: oklch(.915 .03 85);
  --line: oklch(.885 .016 85); --edge: oklch(.61 .02 80);
  --ink: oklch(.24 .015 70); --ink-2: oklch(.42 .015 70); --ink-3: oklch(.49 .015 70);
  --accent: oklch(.4 .085 240); --accent-hover: oklch(.34 .08 240); --on-accent: oklch(.985 .008 240);
  --notice: oklch(.885 .085 85); --notice-ink: oklch(.3 .04 70); --grain: oklch(.83 .095 82);
  --ok: oklch(.42 .09 150); --ok-soft: oklch(.95 .035 150);
  --warn: oklch(.45 .09 65); --warn-soft: oklch(.955 .045 85);
  --bad: oklch(.47 .16 27); --bad-soft: oklch(.96 .018 27); --bad-edge: oklch(.56 .18 27);
  --quiet: oklch(.42 .012 75); --quiet-soft: oklch(.94 .008 80);
  --focus: oklch(.55 .15 245);
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", "Helvetica Neue", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(.205 .008 75); --sand: oklch(.245 .013 78); --sand-deep: oklch(.29 .018 80);
    --line: oklch(.34 .014 78); --edge: oklch(.58 .018 80);
    --ink: oklch(.955 .008 85); --ink-2: oklch(.82 .012 85); --ink-3: oklch(.735 .014 85);
    --accent: oklch(.81 .085 235); --accent-hover: oklch(.87 .07 235); --on-accent: oklch(.22 .04 240);
    --notice: oklch(.36 .05 80); --notice-ink: oklch(.95 .035 88); --grain: oklch(.41 .058 80);
    --ok: oklch(.84 .11 150); --ok-soft: oklch(.3 .045 150);
    --warn: oklch(.86 .1 80); --warn-soft: oklch(.31 .045 75);
    --bad: oklch(.83 .09 25); --bad-soft: oklch(.29 .055 25); --bad-edge: oklch(.7 .15 25);
    --quiet: oklch(.82 .01 80); --quiet-soft: oklch(.32 .01 80);
    --focus: oklch(.76 .12 240);
  }
}
*, *::before, *::after { box-sizing: border-box }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100% }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink); font: 400 1rem/1.5 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: break-word }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0 }
h1, h2, h3 { font-weight: 600; line-height: 1.2; letter-spacing: -.012em; text-wrap: balance }
h1 { font-size: 1.625rem } h2 { font-size: 1.0625rem } h3 { font-size: 1rem }
ul { list-style: none }
a { color: var(--accent); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .18em }
a:hover { color: var(--accent-hover); text-decoration-thickness: 2px }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px }
.money { white-space: nowrap }
.quiet { color: var(--ink-2) } .small { font-size: .875rem }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }

.notice { position: sticky; top: 0; z-index: 2; background: var(--notice); color: var(--notice-ink);
  border-bottom: 1px solid var(--grain); font-size: .8125rem; line-height: 1.25rem; text-align: center; padding: .375rem 1rem }
.notice::before, .notice::after { content: ""; position: absolute; inset-block: 0; width: 3.5rem;
  background: repeating-linear-gradient(-45deg, var(--grain) 0 2px, transparent 2px 8px) }
.notice::before { left: 0 } .notice::after { right: 0 }
@media (max-width: 40rem) { .notice::before, .notice::after { width: 1.25rem } .notice { padding-inline: 1.75rem } .notice-clock { display: block } }

.status { display: inline-flex; align-items: center; gap: .375rem; border-radius: .75rem; padding: .0625rem .625rem;
  font-size: .8125rem; font-weight: 500; line-height: 1.375rem; background: var(--quiet-soft); color: var(--quiet) }
.status::before { content: ""; flex: none; width: .4375rem; height: .4375rem; border-radius: 50%; background: currentColor }
.status.ok { background: var(--ok-soft); color: var(--ok) }
.status.warn { background: var(--warn-soft); color: var(--warn) }
.status.bad { background: var(--bad-soft); color: var(--bad) }

.message { border-left: 3px solid currentColor; border-radius: 4px; padding: .75rem 1rem; background: var(--quiet-soft); color: var(--quiet) }
.message.ok { background: var(--ok-soft); color: var(--ok) }
.message.warn { background: var(--warn-soft); color: var(--warn) }
.message.bad { background: var(--bad-soft); color: var(--bad) }

.leaf { width: 100%; max-width: 34rem; margin: 0 auto; padding: 4rem 1.5rem 5rem; display: grid; gap: 1.25rem; align-content: start }
.leaf p { text-wrap: pretty }
.mark { width: 2.75rem; height: 2.75rem; border-radius: 50%; display: grid; place-items: center; background: var(--quiet-soft); color: var(--quiet); font-size: 1.25rem; font-weight: 600 }
.mark.ok { background: var(--ok-soft); color: var(--ok) }
.mark.ok::before { content: ""; width: .5rem; height: 1rem; margin-top: -.25rem; border: solid; border-width: 0 2.5px 2.5px 0; transform: rotate(45deg) }
@media (forced-colors: active) { .status, .button, .message { border: 1px solid } .status::before { background: CanvasText; forced-color-adjust: none } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important } }
@media print { .notice, .actions, form { display: none } body { background: #fff; color: #000 } }
`
