// How fast is the same check in JavaScript that uses no library?

import { betweenQuestions, formats, sections, trimmed } from '../rules-for-peers.mjs'

/** One function for each question, so that a check only calls. */
function judgeOf(question, rule) {
  const { options, many, missing, wrong, max, tooLong, format, alsoFormat, alsoWrong } = rule
  if (options && many) {
    return (answer, add) => {
      if (!answer?.length || !answer.every((each) => options.includes(each))) add(question, missing)
    }
  }
  if (options) {
    return (answer, add) => {
      if (options.includes(answer)) return
      if (missing) add(question, missing)
      else if (trimmed(answer) !== '') add(question, wrong)
    }
  }
  const test = formats[format]
  const alsoTest = formats[alsoFormat]
  return (answer, add) => {
    const text = trimmed(answer)
    if (text === '') {
      if (missing) add(question, missing)
      return
    }
    if (max && text.length > max) add(question, tooLong)
    if (test && !test(text)) add(question, wrong)
    if (alsoTest && !alsoTest(text)) add(question, alsoWrong)
  }
}

const judges = Object.entries(sections).flatMap(([section, questions]) => {
  const [outer, inner] = section.split('.')
  return Object.entries(questions)
    .filter(([, rule]) => Object.keys(rule).length > 0)
    .map(([name, rule]) => {
      const judge = judgeOf(`${section}.${name}`, rule)
      return inner ? (form, add) => judge(form[outer][inner][name], add) : (form, add) => judge(form[outer][name], add)
    })
})

export function start(today) {
  const check = (form) => {
    const findings = []
    const add = (question, message) => findings.push({ question, message })
    for (const judge of judges) judge(form, add)
    betweenQuestions(form, today, add)
    return findings
  }
  return { check }
}

/** Which of these texts has the shape of an ODS code. */
export function startCodes(shape) {
  const pattern = new RegExp(shape)
  return (code) => pattern.test(code.trim().toUpperCase())
}
