// Which fixed words does a page show, in English and in Welsh?

const WORDS = {
  en: {
    error: 'Error: ',
    problem: 'There is a problem',
    row: (number) => `Row ${number}: `,
    suggestion: (text) => `Did you mean ${text}?`,
    answerTo: (question) => `your answer to “${question}”`
  },
  cy: {
    error: 'Gwall: ',
    problem: 'Mae problem wedi codi',
    row: (number) => `Rhes ${number}: `,
    suggestion: (text) => `Ai ${text} oeddech chi’n ei feddwl?`,
    answerTo: (question) => `eich ateb i “${question}”`
  }
}

/** Every prefix that a title can have because of an error, whoever put it there. */
export const ERROR_PREFIXES = [WORDS.en.error, WORDS.cy.error]

export const wordsIn = (language = 'en') => WORDS[language]

/** The language of our words for a page: only the first part of a tag counts, and English stands in for the rest. */
export const languageOf = (tag) => (/^cy\b/i.test(tag ?? '') ? 'cy' : 'en')
