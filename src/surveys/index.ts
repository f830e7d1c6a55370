// Surveys: asked once per repair outcome.
export { surveysCollection, surveyStream, type Survey, type SurveyAbout } from './survey.ts'
export { answerSurvey, expireSurvey, requestSurvey } from './change-survey.ts'
