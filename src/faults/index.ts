// Faults that machines report of themselves.
export { faultsCollection, faultStates, faultStream, type DeviceFault, type FaultEvent } from './fault.ts'
export { reportFault, type FaultReport } from './report.ts'
