// Which rules do the libraries that we measure ourselves against hold, in which words?
//
// Read by hand from `src/tables/RULES.md`: the form `pds-access` as an organisation fills it in. Left out: the shapes of ODS codes (ODS-*) and
// the guards on free text (GRD-*), too long to write five times, and the branch for suppliers. `tests/bench-agreement.node.test.mjs` holds every
// library to the same messages as ours. All read what a page sends in plain English writing; ours alone reads other forms of digits and
// spaces, which costs it time here and the others nothing.

/** What is left when the ends are trimmed. A question that was not sent holds nothing. */
export const trimmed = (text) => (text === undefined ? '' : text.trim())

// Identifiers may hold spaces and small letters anywhere.
const tidied = (text) => text.replace(/\s+/g, '').toUpperCase()

const companyNumber =
  /^(?:(?!0+$)\d{1,8}|(?:AC|CE|CS|FC|FE|GE|GS|IC|LP|NC|NF|NI|NL|NO|NP|OC|OE|PC|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC)\d{6}|(?:IP|SP|RS)[A-Z\d]{6}|SL\d{5}[\dA]|R\d{7})$/
const emailAddress =
  /^(?=.{1,254}$)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?!\d+$)[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/
const webAddress =
  /^https:\/\/(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?=[^.:/?#]*[a-z])[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?::\d+)?(?:[/?#]\S*)?$/i

/** A day written `2026-11-22` or `22/11/2026`, as a number that sorts, or nothing. */
export function dayOf(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? swapped(/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text))
  if (parts === null) return undefined
  const [, year, month, day] = parts
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1000 ? date.getTime() : undefined
}

const swapped = (parts) => parts && [parts[0], parts[3], parts[2], parts[1]]

export function wholeNumberOf(text) {
  if (!/^(?:\d+|\d{1,3}(?:[, ]\d{3})+)$/.test(text)) return undefined
  const digits = text.replace(/[, ]/g, '').replace(/^0+(?=\d)/, '')
  return digits.length <= 9 ? Number(digits) : undefined
}

/** Tests of a trimmed answer that is not blank, by the name that a schema gives the format. */
export const formats = {
  postcode: (text) => /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(tidied(text).replace(/[.-]/g, '')),
  telephone: (text) =>
    /^0[1-9]\d{8,9}$/.test(
      text
        .replace(/[\s().-]/g, '')
        .replace(/(?:extension|ext|x|#)\d{1,6}$/i, '')
        .replace(/^(?:\+44|0044)0?/, '0')
    ),
  'ico-number': (text) => /^(?:Z\d{6}[\dX]|Z[A-Z]\d{6}|C\d{7})$/.test(tidied(text)),
  'ico-number-not-reference': (text) => !/^C\d{7}$/.test(tidied(text)),
  'cqc-provider': (text) => /^1-\d{6,11}$/.test(tidied(text)),
  'company-number': (text) => companyNumber.test(tidied(text)),
  'charity-number': (text) => /^(?:\d{6,7}(?:-\d{1,2})?|SC0\d{5}|NIC1\d{5})$/.test(tidied(text)),
  'web-address': (text) => text.length <= 2000 && webAddress.test(text),
  'email-address': (text) => emailAddress.test(text),
  'one-or-more': (text) => (wholeNumberOf(text) ?? 0) >= 1,
  'fifty-characters': (text) => text.length >= 50,
  'real-date': (text) => dayOf(text) !== undefined
}

const nicReference = (text) => /^(?:DARS-?)?NIC-?\d{5,6}-?[A-Z\d]{5}(?:-?V\d{1,2}(?:\.\d{1,2})*)?$/.test(tidied(text))
const cagReference = (text) => /^\d{2}\/CAG\/\d{4}$/.test(tidied(text))
const olderReference = (text) => /^(?:PIAG|ECC).*\d/.test(tidied(text))

const email = { format: 'email-address', wrong: 'Enter an email address in the correct format, like name@example.com' }
const telephone = { format: 'telephone', wrong: 'Enter a phone number, like 01632 960 001 or +44 7700 900 982' }
const inWords = { 255: '255', 2000: '2,000' }
const upTo = (max, label) => ({ max, tooLong: `${label} must be ${inWords[max]} characters or fewer` })
const notAnOption = 'Select an option from the list'
const yesOrNo = ['yes', 'no']

/**
 * The questions that are judged by their own answer alone, by section. Text questions have no `options`; `missing` makes a question required.
 * What depends on another answer is in `betweenQuestions`.
 */
export const sections = {
  journey: {
    language: { options: ['en', 'cy'], wrong: 'Select English or Welsh' }
  },
  organisation: {
    name: { missing: "Enter your organisation's name", ...upTo(255, 'Organisation name') },
    ods_code: { missing: 'Enter your ODS code' },
    type: {
      options: [
        'ambulance_trust', 'care_home', 'community_pharmacy', 'dental_practice', 'domiciliary_care', 'government_department', 'gp_practice', 'hospice', 'icb',
        'independent_hospital', 'local_authority', 'nhs_trust', 'occupational_health', 'optical_practice', 'prison_healthcare', 'voluntary_sector', 'other'
      ],
      missing: 'Select the type of organisation'
    },
    country: {
      options: ['england', 'wales', 'isle_of_man', 'scotland', 'northern_ireland', 'other'],
      missing: 'Select the country your organisation is in'
    },
    publicly_funded: { options: yesOrNo, wrong: notAnOption },
    address_line_1: { missing: 'Enter address line 1', ...upTo(255, 'Address line 1') },
    town: upTo(255, 'Town or city'),
    postcode: { missing: 'Enter a postcode', format: 'postcode', wrong: 'Enter a full UK postcode' },
    telephone,
    ico_number: {
      missing: 'Enter your ICO registration number',
      format: 'ico-number',
      wrong: 'Enter an ICO registration number in the correct format, like ZA123456',
      alsoFormat: 'ico-number-not-reference',
      alsoWrong: 'Enter your ICO registration number, which starts with Z, not your ICO application reference'
    },
    cqc_provider_id: { format: 'cqc-provider', wrong: 'Enter a CQC provider ID in the correct format, like 1-123456789' },
    company_number: { format: 'company-number', wrong: 'Company number must be 8 characters, like 01234567 or SC123456' },
    charity_number: { format: 'charity-number', wrong: 'Enter a registered charity number, like 1234567' },
    part_of_larger_organisation: { options: yesOrNo, wrong: notAnOption },
    parent_ods_code: {},
    privacy_notice_url: { missing: 'Enter the web address of your privacy notice', format: 'web-address', wrong: 'Enter a web address that starts with https://' }
  },
  'contacts.applicant': {
    name: { missing: 'Enter your full name', ...upTo(255, 'Full name') },
    job_title: { missing: 'Enter your job title', ...upTo(255, 'Job title') },
    email: { missing: 'Enter your email address', ...email },
    telephone
  },
  'contacts.authoriser': {
    name: { missing: 'Enter the name of the person who authorises this request', ...upTo(255, 'Name of the person who authorises this request') },
    role: { options: ['caldicott_guardian', 'siro', 'iao', 'dpo', 'other'], missing: 'Select the role of the person who authorises this request' },
    email: { missing: 'Enter the email address of the person who authorises this request', ...email }
  },
  'contacts.dpo': {
    name: { missing: 'Enter the name of your data protection officer', ...upTo(255, 'Name of your data protection officer') },
    email: { missing: 'Enter the email address of your data protection officer', ...email }
  },
  pds: {
    access_methods: { options: ['ncrs', 'pds_fhir', 'pds_hl7v3', 'pds_mesh', 'smsp'], many: true, missing: 'Select how you will access PDS' },
    mesh_mailbox_id: {},
    access_level: { options: ['read', 'read_update'], missing: 'Select whether your staff will view PDS records or view and update them' },
    update_reason: {},
    use_case: {
      missing: 'Describe what you will use PDS for',
      ...upTo(2000, 'Description of what you will use PDS for'),
      format: 'fifty-characters',
      wrong: 'Description of what you will use PDS for must be 50 characters or more'
    },
    care_setting: { missing: 'Enter the care setting', ...upTo(255, 'Care setting') },
    user_count: { missing: 'Number of users must be 1 or more', format: 'one-or-more', wrong: 'Number of users must be 1 or more' },
    monthly_lookups: {
      missing: 'Number of searches each month must be 1 or more',
      format: 'one-or-more',
      wrong: 'Number of searches each month must be 1 or more'
    },
    stores_data: { options: yesOrNo, missing: 'Select yes if you will store PDS data in your own system' },
    storage_location: {},
    retention_period: {},
    onward_sharing: { options: yesOrNo, wrong: notAnOption },
    onward_sharing_detail: {},
    dsa_status: {},
    dsa_reference: {}
  },
  legal: {
    purpose: {
      options: [
        'direct_care', 'direct_care_admin', 'safeguarding', 'statutory_function', 'service_evaluation', 'research', 'commercial_or_marketing', 'other'
      ],
      missing: 'Select what you will use PDS data for'
    },
    service_relationship: {},
    statutory_basis: {},
    article_6: { options: [...'abcdef'], missing: 'Select your UK GDPR Article 6 lawful basis' },
    article_9: { options: [...'abcdefghij'], missing: 'Select your UK GDPR Article 9 condition' },
    confidentiality_basis: {
      options: ['implied_consent', 'explicit_consent', 'section_251', 'legal_duty', 'public_interest'],
      missing: 'Select how you meet the common law duty of confidentiality'
    },
    cag_reference: {}
  },
  declaration: {
    agreed: { options: ['yes'], missing: 'Confirm that the information you have given is correct' },
    acceptable_use_agreed: { options: ['yes'], missing: 'Confirm that your organisation agrees to the end user acceptable use policy' },
    name: { missing: 'Enter the full name of the person making this declaration', ...upTo(255, 'Full name') },
    job_title: { missing: 'Enter the job title of the person making this declaration', ...upTo(255, 'Job title') },
    date: { missing: 'Enter the date of this declaration', format: 'real-date', wrong: 'Date of this declaration must be a real date' }
  }
}

const cqcRegulated = new Set(['care_home', 'domiciliary_care', 'hospice', 'independent_hospital'])
const outsideNhs = new Set([
  'care_home', 'domiciliary_care', 'government_department', 'hospice', 'independent_hospital', 'local_authority', 'occupational_health', 'other', 'voluntary_sector'
])
const directCare = new Set(['direct_care', 'direct_care_admin'])
const needsStatute = new Set(['safeguarding', 'statutory_function', 'other'])
const purposes = new Set(sections.legal.purpose.options)
const bases = new Set(sections.legal.confidentiality_basis.options)
const methods = new Set(sections.pds.access_methods.options)
const storagePlaces = new Set(['uk', 'eea', 'outside'])
const agreements = new Set(['have_dsa', 'will_sign', 'none'])
const oneDay = 24 * 60 * 60 * 1000

/**
 * What depends on more than one answer, and what is said of an answer that is no mistake. Each library runs this one function, as its
 * users do for what schemas cannot say: Zod in superRefine, Valibot in rawCheck, Ajv and Joi after the schema.
 *
 * @param {(question: string, message: string) => void} add
 */
export function betweenQuestions({ organisation, contacts, pds, legal, declaration }, today, add) {
  betweenOrganisationAndContacts(organisation, contacts, add)
  betweenAnswersAboutPds(organisation, pds, legal, add)
  betweenAnswersAboutLaw(legal, add)
  const signed = dayOf(trimmed(declaration.date))
  const now = dayOf(today)
  if (signed > now) add('declaration.date', 'Date of this declaration must be today or in the past')
  if (signed < now - 183 * oneDay) add('declaration.date', 'Check the date of this declaration. It is more than 6 months ago')
}

function betweenOrganisationAndContacts(organisation, { applicant, authoriser }, add) {
  const { country } = organisation
  if (country === 'scotland' || country === 'northern_ireland' || country === 'other') {
    add('organisation.country', 'You cannot use this form for an organisation outside England, Wales or the Isle of Man')
  }
  if (trimmed(organisation.cqc_provider_id) === '') {
    if (country === 'england' && cqcRegulated.has(organisation.type)) add('organisation.cqc_provider_id', 'Enter your CQC provider ID')
  } else if (country !== 'england' && sections.organisation.country.options.includes(country)) {
    add('organisation.cqc_provider_id', 'Check your CQC provider ID. CQC only regulates services in England')
  }
  if (organisation.part_of_larger_organisation === 'yes') {
    const parent = tidied(trimmed(organisation.parent_ods_code))
    if (parent === '') add('organisation.parent_ods_code', 'Enter the ODS code of your parent organisation')
    else if (parent === tidied(trimmed(organisation.ods_code))) {
      add('organisation.parent_ods_code', "Parent organisation's ODS code must be different from your ODS code")
    }
  }
  if (authoriser.role === 'other') {
    add(
      'contacts.authoriser.role',
      'Check who should authorise this request. It is usually your Caldicott Guardian, SIRO, information asset owner or data protection officer'
    )
  }
  const applicantEmail = trimmed(applicant.email)
  if (applicantEmail !== '' && applicantEmail.toLowerCase() === trimmed(authoriser.email).toLowerCase()) {
    add('contacts.authoriser.email', 'Check the email address of the person who authorises this request. It is the same as yours')
  }
}

function betweenAnswersAboutPds(organisation, pds, { purpose }, add) {
  const chosen = pds.access_methods ?? []
  if (chosen.includes('pds_mesh')) judgeText('pds.mesh_mailbox_id', pds.mesh_mailbox_id, 'Enter your MESH mailbox ID', 255, 'MESH mailbox ID', add)
  if (chosen.length > 0 && chosen.every((each) => methods.has(each))) {
    if (chosen.includes('smsp')) add('pds.access_methods', 'You cannot request new access to PDS through the Spine Mini Service Provider')
    if (chosen.every((each) => each === 'pds_fhir')) add('pds.access_methods', 'Use digital onboarding to ask for access to the PDS FHIR API')
  }
  if (pds.access_level === 'read_update') {
    if (purposes.has(purpose) && !directCare.has(purpose)) {
      add('pds.access_level', 'Select "view" or change your purpose. You can only update PDS records for direct care')
    }
    const missing = 'Explain why your staff need to update PDS records'
    judgeText('pds.update_reason', pds.update_reason, missing, 2000, 'Reason your staff need to update PDS records', add)
  }
  const users = wholeNumberOf(trimmed(pds.user_count))
  if (users >= 1 && wholeNumberOf(trimmed(pds.monthly_lookups)) > 5000 * users) {
    add('pds.monthly_lookups', 'Check the number of searches each month. It is high for the number of users')
  }
  if (pds.stores_data === 'yes') {
    if (!storagePlaces.has(pds.storage_location)) add('pds.storage_location', 'Select where you will store PDS data')
    else if (pds.storage_location !== 'uk') {
      add('pds.storage_location', 'Check where you will store PDS data. Storing it outside the UK needs further review')
    }
    judgeText('pds.retention_period', pds.retention_period, 'Enter how long you will keep PDS data', 2000, 'How long you will keep PDS data', add)
  } else if (pds.stores_data === 'no' && trimmed(pds.storage_location) + trimmed(pds.retention_period) !== '') {
    add('pds.stores_data', 'Remove the storage details or select yes if you will store PDS data')
  }
  if (pds.onward_sharing === 'yes') {
    const missing = 'Enter who you will share PDS data with'
    judgeText('pds.onward_sharing_detail', pds.onward_sharing_detail, missing, 2000, 'Who you will share PDS data with', add)
  }
  if (!agreements.has(pds.dsa_status)) {
    if (outsideNhs.has(organisation.type)) add('pds.dsa_status', 'Select whether you have a data sharing agreement with NHS England')
    else if (trimmed(pds.dsa_status) !== '') add('pds.dsa_status', notAnOption)
  } else if (pds.dsa_status === 'have_dsa') {
    const reference = trimmed(pds.dsa_reference)
    if (reference === '') add('pds.dsa_reference', 'Enter your data sharing agreement reference')
    else if (!nicReference(reference)) {
      add('pds.dsa_reference', 'Enter a data sharing agreement reference in the correct format, like DARS-NIC-123456-A1B2C')
    }
  }
}

function betweenAnswersAboutLaw(legal, add) {
  const { purpose, confidentiality_basis: basis } = legal
  if (purpose === 'research' || purpose === 'service_evaluation') {
    add('legal.purpose', 'You cannot use this form for research or service evaluation. Apply to the Data Access Request Service (DARS)')
  }
  if (purpose === 'commercial_or_marketing') add('legal.purpose', 'You cannot use PDS for marketing or other commercial purposes')
  if (directCare.has(purpose)) {
    if (legal.service_relationship === 'no') {
      add('legal.service_relationship', 'You cannot use this form if you do not already provide a service to the people whose records you will view')
    } else if (legal.service_relationship !== 'yes') {
      add('legal.service_relationship', 'Select yes if you already provide a service to the people whose records you will view')
    }
    if (legal.article_6 === 'a') {
      add('legal.article_6', 'Check your Article 6 lawful basis. Consent is not usually the lawful basis for direct care')
    }
  } else if (purposes.has(purpose) && basis === 'implied_consent') {
    add('legal.confidentiality_basis', 'You can only select implied consent for direct care')
  }
  if (needsStatute.has(purpose)) {
    const missing = 'Enter the part of the Health and Social Care Act 2012 that gives you a legal basis'
    judgeText('legal.statutory_basis', legal.statutory_basis, missing, 2000, 'Legal basis', add)
  }
  const reference = trimmed(legal.cag_reference)
  if (basis === 'section_251') {
    if (reference === '') add('legal.cag_reference', 'Enter your Confidentiality Advisory Group (CAG) reference')
    else if (olderReference(reference)) add('legal.cag_reference', 'We will check this reference because it is in an older format')
    else if (!cagReference(reference)) add('legal.cag_reference', 'Enter a CAG reference in the correct format, like 20/CAG/0001')
  } else if (bases.has(basis) && reference !== '') {
    add('legal.confidentiality_basis', 'Remove the CAG reference or select section 251 support')
  }
}

function judgeText(question, answer, missing, max, label, add) {
  const text = trimmed(answer)
  if (text === '') add(question, missing)
  else if (text.length > max) add(question, `${label} must be ${inWords[max]} characters or fewer`)
}
