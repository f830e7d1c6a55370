// npm run train, first: learns which stretch of a message tells the fault and which the device, and writes the weights beside the model.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storeSpanWeights } from '../../src/understanding/spans/stored.ts'
import { trainDevices, trainFaults } from '../../src/understanding/training/span-examples.ts'

const path = join(import.meta.dirname, '../../src/understanding/spans/weights.json')
writeFileSync(path, storeSpanWeights({ faults: trainFaults(), devices: trainDevices() }))
console.log('faults and devices written to src/understanding/spans/weights.json')
