// npm run train: learns the classifier's weights from src/understanding/training/sentences/ and writes them beside it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storeWeights } from '../../src/understanding/classifier/stored.ts'
import { trainOnAll } from '../../src/understanding/training/examples.ts'

const path = join(import.meta.dirname, '../../src/understanding/classifier/weights.json')
const weights = trainOnAll()
writeFileSync(path, storeWeights(weights))
console.log(`${weights.intents.length} intents written to src/understanding/classifier/weights.json`)
