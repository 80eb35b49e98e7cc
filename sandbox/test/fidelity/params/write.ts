import { writeFileSync } from 'node:fs'
import { writtenFiles } from './written'

/** `npm run sandbox:parameters`: writes what the parameters of the installed SDK make of the table and the README. */
for (const { path, wanted } of writtenFiles()) writeFileSync(path, wanted)
