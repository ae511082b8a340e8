//! What is said of the people to write to? Rules CON-* that a row cannot say.

use validator::{Validate, ValidationError, ValidationErrors};

use crate::form::checking::Checking;
use crate::form::rules::Said;
use crate::tables::{RuleId, question, rule};
use crate::text::trimmed;

/// The two people whose addresses are compared.
#[derive(Debug, Validate)]
#[validate(schema(function = "authorised_by_another", skip_on_field_errors = false))]
struct Contacts<'a> {
    applicant_email: Option<&'a str>,
    authoriser_email: Option<&'a str>,
}

fn authorised_by_another(contacts: &Contacts<'_>) -> Result<(), ValidationError> {
    match (contacts.applicant_email, contacts.authoriser_email) {
        (Some(applicant), Some(authoriser)) if same_address(applicant, authoriser) => {
            Err(ValidationError::new(rule::CON_009.row().id.as_str()))
        }
        _ => Ok(()),
    }
}

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>) -> Option<Said> {
    let contacts = Contacts {
        applicant_email: checking.text_of(question::CONTACTS_APPLICANT_EMAIL),
        authoriser_email: checking.text_of(question::CONTACTS_AUTHORISER_EMAIL),
    };
    raises(&contacts.validate(), rule).then(Vec::new)
}

/// True when a record's own check raised this rule, at whatever field validator filed it.
pub(crate) fn raises(checked: &Result<(), ValidationErrors>, rule: RuleId) -> bool {
    checked.as_ref().is_err_and(|errors| {
        errors
            .field_errors()
            .values()
            .any(|errors| errors.iter().any(|error| error.code == rule.row().id.as_str()))
    })
}

/// Addresses are equal when trimmed and in small ASCII letters they are. Onboarding.md 3.7.
fn same_address(one: &str, other: &str) -> bool {
    trimmed(one).eq_ignore_ascii_case(trimmed(other))
}

/// True when an address is at this domain. No pattern is needed first.
pub(crate) fn is_at(address: &str, domain: &str) -> bool {
    let address = trimmed(address);
    address
        .rsplit_once('@')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case(domain))
}
