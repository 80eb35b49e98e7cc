import { ROOT } from '@/scripts/stack/paths'

// What scripts/run.test.ts has run: it says where it stands and what it was given, and breaks where it is asked to.
console.log(JSON.stringify({ root: ROOT, own: import.meta.url, argv: process.argv.slice(1) }))
process.on('message', (word) => {
  process.send?.(`heard ${word}`, () => process.disconnect())
})
if (process.argv.includes('break')) remove()

// By a name that Node's own functions have, too.
function remove(): never {
  throw new Error('It is broken.')
}
