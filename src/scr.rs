//! What is said of Summary Care Records? Rules SCR-* that a row cannot say.

use crate::form::checking::{At, Checking};
use crate::pds::is_named;
use crate::tables::{Question, RuleId, question, rule};

/// The activity that lets a user view Summary Care Records, and the one for emergency access.
const VIEW: &str = "B0370";
const EMERGENCY: &str = "B0168";

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let says_yes = |question: Question| checking.value(At::once(question)).says(true);
    let lacks = |code: &str| {
        says_yes(question::SCR_WANTED)
            && at.row().is_some()
            && checking.people.first_with_codes == at.row()
            && !checking.people.activity_codes.iter().any(|known| known == code)
    };
    let is_first_officer = || at.row().is_some() && checking.people.first_officer == at.row();
    match rule {
        rule::SCR_007 => is_first_officer() && checking.people.all_users_are_officers,
        rule::SCR_010 => lacks(VIEW),
        rule::SCR_011 => says_yes(question::SCR_EMERGENCY_ACCESS) && lacks(EMERGENCY),
        rule::SCR_012 => {
            checking.value(at).says(false)
                && rule.row().reads.iter().any(|read| {
                    let places = checking.everywhere(*read);
                    places.iter().any(|left| !checking.left_over(*left).is_blank())
                })
        }
        rule::SCR_015 => {
            is_first_officer()
                && checking.people.officer_count == 1
                && is_named(checking, question::ORGANISATION_TYPE, "community_pharmacy")
        }
        _ => false,
    }
}
