//! What is said of users, sponsor and their identities? Rules RAU-* that a row cannot say.

use crate::form::checking::{At, Checking};
use crate::form::value::Value;
use crate::identifier;
use crate::tables::{Question, RuleId, question, rule};
use crate::text::tidied;

/// The role of a privacy officer.
const PRIVACY_OFFICER: &str = "R0001";

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let value = checking.value(at);
    let uuid = || checking.text(at).and_then(identifier::uuid);
    let day = |question: Question| match checking.value(at.beside(question)) {
        Value::Date(day) => Some(*day),
        _ => None,
    };
    match rule {
        rule::RAU_009 => value.says(false) && !checking.left_over(at.beside(question::RA_USERS_UUID)).is_blank(),
        rule::RAU_013 => uuid().is_some_and(|uuid| {
            let first = checking.people.first_row_of.first(&uuid);
            first.is_some_and(|first| Some(first) < at.row())
        }),
        rule::RAU_014 => match (day(question::RA_USERS_START_DATE), day(question::RA_USERS_END_DATE)) {
            (Some(start), Some(end)) => end < start,
            _ => false,
        },
        rule::RAU_015 => uuid().is_some_and(|uuid| checking.people.first_row_of.first(&uuid).is_some()),
        rule::RAU_016 => {
            checking.value(At::once(question::SCR_WANTED)).says(true)
                && checking.people.is_officer(checking, at.beside(question::RA_USERS_NAME))
                && checking
                    .text(at)
                    .is_some_and(|code| identifier::role(&tidied(code)).is_some_and(|role| role != PRIVACY_OFFICER))
        }
        _ => false,
    }
}
