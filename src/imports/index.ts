// Imports: files of assets, parts, stock and bills of material, taken whole or not at all.
export { importFile, importKinds, importStream } from './import.ts'
