//! What is said of the application as a whole? Rules JRN-* that a row cannot say.

use crate::form::checking::{At, Checking};
use crate::tables::{RuleId, question, rule};

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>) -> bool {
    let published = At::once(question::DSPT_PUBLISHED);
    let empty = |read: &crate::tables::Question| checking.value(At::once(*read)).is_blank();
    match rule {
        rule::JRN_002 => {
            checking.is_required(published) && empty(&published.question()) && rule.row().reads.iter().all(empty)
        }
        _ => false,
    }
}
