// A thread that reads the codes in one photo and ends: decoding takes up to seconds, which nobody else has to wait for, and its memory goes with it.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import type { LabelCode } from './code.ts'

/** What stands on rating plates and boxes. */
const formats: ReaderOptions['formats'] = [
  'QRCode',
  'MicroQRCode',
  'DataMatrix',
  'Aztec',
  'PDF417',
  'Code128',
  'Code39',
  'Code93',
  'ITF',
  'EAN13',
  'EAN8',
  'UPCA',
]
const most = 8

async function read(photo: Uint8Array): Promise<LabelCode[]> {
  // Left to itself the library would fetch this from the network.
  const wasmBinary = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer }, fireImmediately: true })
  // A clear label shows at once; only where none does, every angle and size is worth the time.
  for (const tryHarder of [false, true]) {
    const found = await readBarcodes(photo, { formats, tryHarder, maxNumberOfSymbols: most })
    const codes = found.flatMap(({ isValid, format, text }) => (isValid && text !== '' ? [{ format, text }] : []))
    if (codes.length > 0) return codes
  }
  return []
}

if (parentPort !== null && workerData instanceof Uint8Array) parentPort.postMessage(await read(workerData))
