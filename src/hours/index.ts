// Working hours and working time.
export { afterWorkingTime, isOpen, nextOpening, openStretches, workingTimeBetween, type Hours, type Stretch } from './hours.ts'
export { hoursSchema, isTimeZone, readHours } from './settings.ts'
