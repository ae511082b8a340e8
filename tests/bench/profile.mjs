// Which of our rules do the libraries hold, and which does a profile turn off so that ours holds no more?

/** @param {{ id: string, status: string, forms: string[] }[]} rules */
export function peerProfile(rules) {
  const theirs = rules.filter(({ id, status, forms }) => status === 'current' && forms.includes('pds-access') && /^(?:ODS|GRD)-/.test(id))
  return { drop: ['journey.applicant_type'], rules: Object.fromEntries(theirs.map(({ id }) => [id, 'off'])) }
}

/** The rules that the libraries hold. Two are about suppliers; of those for any question two speak of the questions here, the others of a host's own. */
export function heldByPeers(rules) {
  const off = peerProfile(rules).rules
  return rules
    .filter(({ id, status, forms }) => status === 'current' && forms.includes('pds-access') && off[id] === undefined)
    .map(({ id }) => id)
    .filter((id) => !['JRN-001', 'SUP-001'].includes(id) && !/^ANS-0(?!02|14)/.test(id))
}
