//! What is said of the request for the Personal Demographics Service? Rules PDS-* that a row cannot say.

use crate::form::checking::{At, Checking};
use crate::form::value::{Value, length};
use crate::tables::{Group, Question, RuleId, question, rule};

/// A description is at least so long. Inferred; onboarding.md 14.12.
const SHORTEST_USE_CASE: usize = 50;
/// As long as comparable forms allow.
const LONGEST_USE_CASE: usize = 2000;
/// More searches a month than this for each user is unusual. Inferred.
const MANY_LOOKUPS: u64 = 5000;

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let value = checking.value(at);
    let number = |question: Question| match checking.value(At::once(question)) {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    match rule {
        rule::PDS_005 => needs_hscn_and_smartcards(checking, at),
        rule::PDS_007 => matches!(value, Value::Text(text) if length(text) < SHORTEST_USE_CASE),
        rule::PDS_008 => matches!(value, Value::Text(text) if length(text) > LONGEST_USE_CASE),
        rule::PDS_013 | rule::PDS_014 => is_missing_or_below(checking, at, 1),
        rule::PDS_015 => matches!(value, Value::Number(number)
            if usize::try_from(*number).is_ok_and(|number| checking.row_count(Group::RaUsers) > number)),
        rule::PDS_016 => match (number(at.question()), number(question::PDS_USER_COUNT)) {
            (Some(lookups), Some(users)) => u64::from(lookups) > MANY_LOOKUPS * u64::from(users),
            _ => false,
        },
        rule::PDS_025 => {
            let left = |question: Question| !checking.left_over(At::once(question)).is_blank();
            value.says(false) && (left(question::PDS_STORAGE_LOCATION) || left(question::PDS_RETENTION_PERIOD))
        }
        rule::PDS_026 => has_only(value, question::PDS_ACCESS_METHODS, "pds_fhir"),
        _ => false,
    }
}

/// The HL7 V3 API is reached over HSCN with smartcards. One finding: on the network, or failing that on sign-in.
fn needs_hscn_and_smartcards(checking: &Checking<'_>, at: At) -> bool {
    let over_internet = is_named(checking, question::ACCESS_NETWORK, "internet");
    let authenticators = checking.value(At::once(question::ACCESS_AUTHENTICATORS));
    has(
        checking.value(At::once(question::PDS_ACCESS_METHODS)),
        question::PDS_ACCESS_METHODS,
        "pds_hl7v3",
    ) && match at.question() {
        question::ACCESS_NETWORK => over_internet,
        _ => {
            !over_internet
                && !authenticators.is_blank()
                && !has(authenticators, question::ACCESS_AUTHENTICATORS, "smartcard")
        }
    }
}

/// The bit of an option.
fn bit(question: Question, option: &str) -> u32 {
    (0..)
        .zip(question.row().options.iter())
        .find(|(_, known)| known.is(option))
        .and_then(|(number, _)| 1_u32.checked_shl(number))
        .unwrap_or(0)
}

/// True when one of the chosen options is this one.
pub(crate) fn has(value: &Value<'_>, question: Question, option: &str) -> bool {
    matches!(value, Value::Options { set, .. } if set & bit(question, option) != 0)
}

fn has_only(value: &Value<'_>, question: Question, option: &str) -> bool {
    matches!(value, Value::Options { set, others: false, all: true } if *set == bit(question, option) && *set != 0)
}

/// True when a number is needed and missing, or is not one of at least this much. A wrong number is wrong also where
/// none is needed.
pub(crate) fn is_missing_or_below(checking: &Checking<'_>, at: At, lowest: u32) -> bool {
    match checking.value(at) {
        Value::Blank => checking.is_required(at),
        Value::Number(number) => *number < lowest,
        _ => true,
    }
}

/// True when the answer to a question is this option of ours.
pub(crate) fn is_named(checking: &Checking<'_>, question: Question, option: &str) -> bool {
    matches!(checking.value(At::once(question)), Value::Option(number)
        if question.row().options.text(*number) == Some(option))
}
