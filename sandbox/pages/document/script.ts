import { trusted } from '@/sandbox/pages/html'

/** The only script of these pages. Without it every form still works; with it, typing a card is nicer. */
export const SCRIPT = trusted(`
(() => {
  const field = (id) => document.getElementById(id)
  const number = field('card-number')
  const expiry = field('card-expiry')
  const group = (text) => text.replace(/\\D/g, '').slice(0, 19).replace(/(\\d{4})(?=\\d)/g, '$1 ')
  const keepCaret = (input, format) => {
    const atEnd = input.selectionStart === input.value.length
    const digits = input.value.slice(0, input.selectionStart ?? 0).replace(/\\D/g, '').length
    input.value = format(input.value)
    if (atEnd) return
    let caret = 0
    for (let seen = 0; seen < digits && caret < input.value.length; caret++) if (/\\d/.test(input.value[caret])) seen++
    input.setSelectionRange(caret, caret)
  }
  number?.addEventListener('input', () => keepCaret(number, group))
  expiry?.addEventListener('input', (event) => {
    if (event.inputType?.startsWith('delete')) return
    const digits = expiry.value.replace(/\\D/g, '')
    if (/^[2-9]$/.test(digits)) expiry.value = '0' + digits + ' / '
    else if (/^\\d{2}$/.test(digits) && !expiry.value.includes('/')) expiry.value = digits + ' / '
    else if (/^\\d{3,4}$/.test(digits)) expiry.value = digits.slice(0, 2) + ' / ' + digits.slice(2)
  })
  for (const button of document.querySelectorAll('button[data-card]')) {
    button.closest('[hidden]')?.removeAttribute('hidden')
    button.addEventListener('click', () => {
      number.value = group(button.dataset.card)
      expiry.value = button.dataset.expiry
      field('card-cvc').value = '123'
      const name = field('card-name')
      if (name.value === '') name.value = 'Test Cardholder'
      const postal = field('card-postal')
      if (postal.value === '' && field('card-country').value === 'US') postal.value = '94107'
      field('quick-fill-status').textContent = button.textContent.trim() + ': the form is filled in.'
    })
  }
  for (const form of document.querySelectorAll('form[method=post]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) return event.preventDefault()
      form.dataset.sent = 'yes'
      event.submitter?.setAttribute('aria-disabled', 'true')
      event.submitter?.classList.add('is-busy')
    })
  }
  const reported = document.querySelector('[data-report]')
  if (parent !== window) {
    if (reported) parent.postMessage({ sandbox: reported.dataset.report, leads: reported.dataset.leads ?? '' }, '*')
    // As high as what stands in it: a page that fills its frame would never give height back.
    document.body.style.minHeight = '0'
    const measure = () => parent.postMessage({ sandbox: 'height', height: document.body.scrollHeight }, '*')
    new ResizeObserver(measure).observe(document.body)
    measure()
  }
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
    for (const button of document.querySelectorAll('.is-busy')) {
      button.classList.remove('is-busy')
      button.removeAttribute('aria-disabled')
    }
  })
})()
`)
