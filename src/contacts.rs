//! What is said of the people to write to? Rules CON-* that a row cannot say.

use crate::form::checking::Checking;
use crate::tables::{RuleId, question, rule};
use crate::text::{cut_last, trimmed};

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>) -> bool {
    let addresses = checking
        .text_of(question::CONTACTS_APPLICANT_EMAIL)
        .zip(checking.text_of(question::CONTACTS_AUTHORISER_EMAIL));
    rule == rule::CON_009 && addresses.is_some_and(|(applicant, authoriser)| same_address(applicant, authoriser))
}

/// Addresses are equal when trimmed and in small ASCII letters they are. Onboarding.md 3.7.
fn same_address(one: &str, other: &str) -> bool {
    trimmed(one).eq_ignore_ascii_case(trimmed(other))
}

/// True when an address is at this domain. No pattern is needed first.
pub(crate) fn is_at(address: &str, domain: &str) -> bool {
    let address = trimmed(address);
    cut_last(address, b'@').is_some_and(|(_, end)| end.eq_ignore_ascii_case(domain))
}
