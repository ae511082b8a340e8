//! What is said of the day of the declaration? DEC-007 and DEC-008.

use crate::form::checking::{At, Checking};
use crate::form::value::Value;
use crate::tables::{RuleId, rule};

/// A declaration this many days old is looked at again. Inferred: six months.
const OLDEST: i32 = 183;

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    let Value::Date(date) = checking.value(at) else {
        return false;
    };
    let today = checking.context.today;
    match rule {
        rule::DEC_007 => *date > today,
        rule::DEC_008 => today.days_after(*date) > OLDEST,
        _ => false,
    }
}
