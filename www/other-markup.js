// How does the form check come to a form that was there before it, with somebody else's names, values and markup? By this alone.

import { FormCheck } from '/pkg/dist/index.js'

const config = {
  form: 'pds-access',
  fields: {
    'organisation.name': { name: 'practice' },
    'organisation.ods_code': { name: 'code' },
    'organisation.type': { name: 'kind_of_site', emptyValues: ['0'], values: { 1: 'gp_practice', 2: 'community_pharmacy', 3: 'care_home', 9: 'other' } },
    'organisation.postcode': { name: 'pcode' },
    'contacts.applicant.name': { name: 'who' },
    'contacts.applicant.email': { name: 'mail' },
    'declaration.date': { names: { day: 'sign_dd', month: 'sign_mm', year: 'sign_yy' } },
    // A question that the rules do not know: a list of sites, each with a code.
    'sites[].ods_code': { namePattern: 'sites[*][ods]', kind: 'ods-code', label: 'NHS code of the site' }
  },
  // The page has words of its own for what our messages name.
  messages: {
    'ORG-001': 'Enter the practice or home',
    'ORG-002': 'Enter the NHS code',
    'ORG-003': 'Select the kind of site'
  }
}

new FormCheck(document.getElementById('req_form'), config)
