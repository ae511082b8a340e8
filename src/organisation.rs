//! What is said of the organisation? Rules ORG-* that a row cannot say.

use crate::form::checking::{At, Checking};
use crate::identifier;
use crate::ods::verdict::code_reading;
use crate::tables::{RuleId, question, rule};

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let Some(text) = checking.text(at) else {
        return false;
    };
    match rule {
        rule::ORG_012 => identifier::is_ico_application(text),
        rule::ORG_019 => checking
            .text_of(question::ORGANISATION_ODS_CODE)
            .is_some_and(|own| same_code(own, text)),
        _ => false,
    }
}

/// Codes are equal when their code readings are. Onboarding.md 3.7.
pub(crate) fn same_code(one: &str, other: &str) -> bool {
    let code = code_reading(one);
    !code.is_empty() && code == code_reading(other)
}
