// Quality signals: what goes back to product development.
export { evaluateSignals } from './evaluate.ts'
export { judgeSignal } from './judge.ts'
export { signalKinds } from './series.ts'
export { signalsCollection, signalStates, signalStream, verdicts, type QualitySignal, type SignalEvent, type Verdict } from './signal.ts'
