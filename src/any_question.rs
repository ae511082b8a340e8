//! What can be said of any question? Rules ANS-*: where no rule of its own says it. Onboarding.md 10.

use crate::date::Date;
use crate::finding::Param;
use crate::form::checking::{At, Checking};
use crate::form::rules::{Said, speaks_of_missing};
use crate::form::value::Value;
use crate::host::{MustBe, Spec, is_beside_others, longer};
use crate::identifier;
use crate::message::{label_first, label_inside, parts_in_words};
use crate::tables::{Kind, QuestionRow, RuleId, Trigger, question, rule};

/// The rules of any question that can speak of one that reads so.
pub(crate) fn rules_for(value: &Value<'_>) -> &'static [RuleId] {
    match value {
        Value::Blank => &[rule::ANS_001, rule::ANS_016],
        Value::Text(_) => &[rule::ANS_002, rule::ANS_012],
        Value::NotReal(_) => &[rule::ANS_003, rule::ANS_004],
        Value::Date(_) => &[rule::ANS_005, rule::ANS_006, rule::ANS_007, rule::ANS_008],
        Value::Number(_) => &[rule::ANS_018, rule::ANS_019],
        Value::Options { all: true, .. } => &[rule::ANS_015],
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
    let host = checking.host.plan.of(at.question, checking.index_of(at));
    let words = || checking.label(at, checking.language_of(rule));
    let label = || ("label", Param::Text(label_inside(words())));
    let at_start = || ("Label", Param::Text(label_first(words())));
    match rule {
        rule::ANS_001 => (missing() && !is_selected(row.kind)).then(|| vec![label()]),
        rule::ANS_016 => (missing() && is_selected(row.kind)).then(|| vec![label()]),
        rule::ANS_002 => {
            let Value::Text(text) = value else { return None };
            let own = Some(u32::from(row.max)).filter(|max| *max > 0);
            let tighter = host.and_then(|spec| spec.max_characters);
            let max = own.into_iter().chain(tighter).min()?;
            // PDS-008 says it of a use case that is longer than the table allows.
            let said = at.question == question::PDS_USE_CASE && longer(text, u32::from(row.max));
            (longer(text, max) && !said).then(|| vec![at_start(), ("max", Param::Number(max))])
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
        rule::ANS_005 | rule::ANS_006 | rule::ANS_007 | rule::ANS_008 => {
            let Value::Date(day) = value else { return None };
            let wrong = out_of_time(host?.must_be?, *day, checking.context.today);
            (wrong == Some(rule)).then(|| vec![at_start()])
        }
        rule::ANS_012 => {
            let wrong = row.kind == Kind::Telephone
                && matches!(value, Value::Text(text) if !identifier::is_telephone(text))
                && !has_own(checking, row, |rule| {
                    matches!(rule.row().trigger, Trigger::NotInItsFormat)
                });
            wrong.then(Vec::new)
        }
        rule::ANS_015 => {
            let spec = host?;
            let cell = checking.submission.cell(at.question, checking.index_of(at))?;
            let exclusive = || ("exclusive", Param::Text(spec.exclusive_label.clone()));
            is_beside_others(spec, cell).then(|| vec![exclusive(), label()])
        }
        rule::ANS_018 | rule::ANS_019 => {
            let Value::Number(number) = value else { return None };
            let (wrong, bound) = out_of_bounds(host?, *number)?;
            (wrong == rule).then(|| vec![at_start(), bound])
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

/// The rule that a day breaks, when it does not stand where the host wants it.
pub(crate) fn out_of_time(must_be: MustBe, day: Date, today: Date) -> Option<RuleId> {
    let (fits, rule) = match must_be {
        MustBe::Past => (day < today, rule::ANS_005),
        MustBe::TodayOrPast => (day <= today, rule::ANS_006),
        MustBe::TodayOrFuture => (day >= today, rule::ANS_007),
        MustBe::Future => (day > today, rule::ANS_008),
    };
    (!fits).then_some(rule)
}

/// The rule that a number breaks, with the bound that the host gives.
pub(crate) fn out_of_bounds(host: &Spec, number: u32) -> Option<(RuleId, (&'static str, Param))> {
    let below = host.min.filter(|min| number < *min);
    let above = host.max.filter(|max| number > *max);
    below
        .map(|min| (rule::ANS_018, ("min", Param::Number(min))))
        .or(above.map(|max| (rule::ANS_019, ("max", Param::Number(max)))))
}

/// Kinds in which a person selects; in the others a person writes.
pub(crate) fn is_selected(kind: Kind) -> bool {
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
