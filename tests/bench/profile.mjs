// Which of our rules do the libraries not hold, as the profile that turns them off?

/** @param {{ id: string, status: string, forms: string[] }[]} rules */
export function peerProfile(rules) {
  const theirs = rules.filter(({ id, status, forms }) => status === 'current' && forms.includes('pds-access') && /^(?:ODS|GRD)-/.test(id))
  return { drop: ['journey.applicant_type'], rules: Object.fromEntries(theirs.map(({ id }) => [id, 'off'])) }
}
