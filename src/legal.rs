//! What is said of the legal basis? Rules LEG-* that a row cannot say.

use crate::form::checking::{At, Checking};
use crate::form::value::Value;
use crate::identifier;
use crate::pds::is_named;
use crate::tables::{RuleId, question, rule};

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    match rule {
        rule::LEG_014 => {
            matches!(checking.value(at), Value::Option(_))
                && !is_named(checking, at.question(), "section_251")
                && !checking.left_over(At::once(question::LEGAL_CAG_REFERENCE)).is_blank()
        }
        rule::LEG_015 => checking.text(at).is_some_and(identifier::is_older_cag_reference),
        _ => false,
    }
}
