// What demand for parts to expect, and how sure that is.
export { forecastPart, type Forecast, type ForecastOptions, type MethodName } from './forecast.ts'
export type { DemandClass } from './demand.ts'
export { lifeUntil, type Unit } from './fleet.ts'
export { ageAt } from './weibull.ts'
