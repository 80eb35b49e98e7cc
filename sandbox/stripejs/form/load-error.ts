/** What runs in the iframe of an element that cannot be shown: it says why. Sent as text. */
export function loadError() {
  const { error } = document.body.dataset
  parent.postMessage({ sandbox: 'loaderror', error: JSON.parse(error ?? '{}') }, '*')
}
