//! What can be said of any question? Rules ANS-*: where no rule of its own says it. Onboarding.md 10.

use crate::finding::Param;
use crate::form::checking::{At, Checking};
use crate::form::rules::{Said, speaks_of_missing};
use crate::form::value::{Value, length};
use crate::identifier;
use crate::message::{label_first, label_inside, parts_in_words};
use crate::tables::{Kind, QuestionRow, RuleId, Trigger, question, rule};

/// The rules of any question that can speak of one that reads so.
pub(crate) fn rules_for(value: &Value<'_>) -> &'static [RuleId] {
    match value {
        Value::Blank => &[rule::ANS_001, rule::ANS_016],
        Value::Text(_) => &[rule::ANS_002, rule::ANS_012],
        Value::NotReal(_) => &[rule::ANS_003, rule::ANS_004],
        value if value.is_unreadable() => &[rule::ANS_014],
        _ => &[],
    }
}

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> Option<Said> {
    let row = at.question.row();
    let value = checking.value(at);
    let missing = || {
        let speaks = |own| speaks_of_missing(own) && !crate::dspt::rules::leaves_missing(own, checking, at);
        checking.is_required(at) && value.is_blank() && !has_own(checking, row, speaks)
    };
    let words = || checking.label(at.question, checking.language_of(rule));
    let label = || ("label", Param::Text(label_inside(words())));
    let at_start = || ("Label", Param::Text(label_first(words())));
    match rule {
        rule::ANS_001 => (missing() && !is_selected(row.kind)).then(|| vec![label()]),
        rule::ANS_016 => (missing() && is_selected(row.kind)).then(|| vec![label()]),
        rule::ANS_002 => {
            let too_long = row.max > 0
                && at.question != question::PDS_USE_CASE
                && matches!(value, Value::Text(text) if length(text) > usize::from(row.max));
            too_long.then(|| vec![at_start(), ("max", Param::Number(u32::from(row.max)))])
        }
        rule::ANS_003 | rule::ANS_004 => {
            let Value::NotReal(not_real) = value else { return None };
            if has_own(checking, row, |rule| {
                matches!(rule.row().trigger, Trigger::NotARealDate)
            }) {
                return None;
            }
            match rule {
                rule::ANS_004 => Some(vec![at_start()]),
                _ if not_real.blank => {
                    let parts = parts_in_words(&not_real.parts(), checking.language_of(rule));
                    Some(vec![at_start(), ("parts", Param::Text(parts))])
                }
                _ => None,
            }
        }
        rule::ANS_012 => {
            let wrong = row.kind == Kind::Telephone
                && matches!(value, Value::Text(text) if !identifier::is_telephone(text))
                && !has_own(checking, row, |rule| {
                    matches!(rule.row().trigger, Trigger::NotInItsFormat)
                });
            wrong.then(Vec::new)
        }
        rule::ANS_014 => {
            let unreadable = matches!(row.kind, Kind::Choice | Kind::Choices | Kind::YesNo) && value.is_unreadable();
            unreadable.then(Vec::new)
        }
        _ => None,
    }
}

/// True when a rule of the question's own, in this form, says what this rule would.
fn has_own(checking: &Checking<'_>, row: &QuestionRow, says: impl Fn(RuleId) -> bool) -> bool {
    row.rules
        .iter()
        .any(|rule| rule.row().forms & checking.form_bit != 0 && says(*rule))
}

/// Kinds in which a person selects; in the others a person writes.
fn is_selected(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Choice
            | Kind::OpenChoice
            | Kind::Choices
            | Kind::YesNo
            | Kind::Confirm
            | Kind::DsptEdition
            | Kind::DsptStatus
    )
}
