// Codes on the labels of devices, read from customers' photos.
export type { LabelCode } from './code.ts'
export { createLabelReader, type LabelReader } from './reader.ts'
