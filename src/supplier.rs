//! What is said of product details in an application that is not a supplier's? SUP-005.

use crate::form::checking::{At, Checking};
use crate::pds::is_named;
use crate::tables::{RuleId, question, rule};

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>) -> bool {
    rule == rule::SUP_005
        && is_named(checking, question::JOURNEY_APPLICANT_TYPE, "end_user_organisation")
        && rule
            .row()
            .reads
            .iter()
            .any(|read| !checking.left_over(At::once(*read)).is_blank())
}
