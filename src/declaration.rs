//! What is said of the day of the declaration? DEC-007 and DEC-008.

use validator::{Validate, ValidationError};

use crate::contacts::raises;
use crate::date::Date;
use crate::form::checking::{At, Checking};
use crate::form::rules::Said;
use crate::form::value::Value;
use crate::tables::{RuleId, rule};

/// A declaration this many days old is looked at again. Inferred: six months.
const OLDEST: i32 = 183;

/// A signed declaration, judged on a day. A check of the whole, because a check of a field keeps the field's value.
#[derive(Debug, Validate)]
#[validate(context = Date)]
#[validate(schema(function = "is_of_these_days", use_context, skip_on_field_errors = false))]
struct Declaration {
    date: Date,
}

fn is_of_these_days(declaration: &Declaration, today: &Date) -> Result<(), ValidationError> {
    let broken = if declaration.date > *today {
        rule::DEC_007
    } else if today.days_after(declaration.date) > OLDEST {
        rule::DEC_008
    } else {
        return Ok(());
    };
    Err(ValidationError::new(broken.row().id.as_str()))
}

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> Option<Said> {
    use validator::ValidateArgs;
    let Value::Date(date) = checking.value(at) else {
        return None;
    };
    let checked = Declaration { date: *date }.validate_with_args(&checking.context.today);
    raises(&checked, rule).then(Vec::new)
}
