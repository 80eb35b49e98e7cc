import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'

// The loader that apps install, as it is.
const LOADER = readFileSync('node_modules/@stripe/stripe-js/dist/pure.mjs')

/** A page with a place for an element, and a button; what Stripe.js answers is written under it. */
export function serveShop(sandbox: string): Promise<Server> {
  const page = `<!doctype html><html lang="en"><title>Shop</title>
<script src="${sandbox}/endive/stripe.js"></script>
<main><h1>Shop</h1><div id="place"></div><button>Save</button><pre role="status"></pre></main>
<script type="module">
  import { loadStripe } from '/pure.mjs'
  const said = document.querySelector('[role=status]')
  const query = new URLSearchParams(location.search)
  const clientSecret = query.get('secret')
  const stripe = await loadStripe('pk_test_shop')
  const say = (value) => { said.textContent = JSON.stringify(value) }
  window.events = []
  if (query.get('do') === 'embedded') {
    const checkout = await stripe.createEmbeddedCheckoutPage({
      fetchClientSecret: async () => clientSecret,
      onComplete: () => say('complete'),
    })
    checkout.mount('#place')
  } else if (query.get('do') === 'next') {
    say(await stripe.handleNextAction({ clientSecret }))
  } else if (clientSecret) {
    const elements = stripe.elements(query.has('later') ? { mode: 'setup', currency: 'usd' } : { clientSecret })
    const element = elements.create('payment')
    for (const type of ['ready', 'change', 'loaderror']) element.on(type, (event) => window.events.push({ type, ...event }))
    element.mount('#place')
    document.querySelector('button').addEventListener('click', async () => {
      const submitted = await elements.submit()
      if (submitted.error) return say(submitted)
      const how = { elements, confirmParams: { return_url: location.origin + '/back' }, redirect: query.get('redirect') ?? 'if_required', ...(query.has('later') ? { clientSecret } : {}) }
      say(await (clientSecret.startsWith('seti_') ? stripe.confirmSetup(how) : stripe.confirmPayment(how)))
    })
  }
</script></html>`
  const server = createServer((request, response) => {
    const script = request.url === '/pure.mjs'
    response.writeHead(200, { 'Content-Type': script ? 'text/javascript' : 'text/html' })
    response.end(script ? LOADER : request.url?.startsWith('/back') ? '<h1>Back</h1>' : page)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
