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

/// A signed declaration, judged on a day. Checks of the whole, because a check of a field keeps the field's value.
#[derive(Debug, Validate)]
#[validate(context = Date)]
#[validate(schema(function = "is_today_or_past", use_context, skip_on_field_errors = false))]
#[validate(schema(function = "is_recent", use_context, skip_on_field_errors = false))]
struct Declaration {
    date: Date,
}

fn is_today_or_past(declaration: &Declaration, today: &Date) -> Result<(), ValidationError> {
    if declaration.date > *today {
        Err(ValidationError::new(rule::DEC_007.row().id.as_str()))
    } else {
        Ok(())
    }
}

fn is_recent(declaration: &Declaration, today: &Date) -> Result<(), ValidationError> {
    if today.days_after(declaration.date) > OLDEST {
        Err(ValidationError::new(rule::DEC_008.row().id.as_str()))
    } else {
        Ok(())
    }
}

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> Option<Said> {
    use validator::ValidateArgs;
    let Value::Date(date) = checking.value(at) else {
        return None;
    };
    let checked = Declaration { date: *date }.validate_with_args(&checking.context.today);
    raises(&checked, rule).then(Vec::new)
}
