//! What can be said of any question? Rules ANS-*: where no rule of its own says it. Onboarding.md 10.

use crate::date::Date;
use crate::finding::Param;
use crate::form::checking::{At, Checking};
use crate::form::rules::{Said, speaks_of_missing};
use crate::form::submission::Cell;
use crate::form::value::{self, Value};
use crate::host::{MustBe, Spec, beside_others, longer};
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

/// A param with its name.
pub(crate) type Named = (&'static str, Param);

/// The params of a rule's sentence, sorted: the words for the question where it names them, and what else it names.
pub(crate) fn said(rule: RuleId, words: &str, param: Option<Named>) -> Said {
    let mut said: Said = param.into_iter().collect();
    let label = match rule {
        // These begin with a verb, so that the words stand inside.
        rule::ANS_001 | rule::ANS_015 | rule::ANS_016 => ("label", Param::Text(label_inside(words))),
        rule::ANS_002
        | rule::ANS_003
        | rule::ANS_004
        | rule::ANS_005
        | rule::ANS_006
        | rule::ANS_007
        | rule::ANS_008
        | rule::ANS_009
        | rule::ANS_018
        | rule::ANS_019 => {
            said.insert(0, ("Label", Param::Text(label_first(words))));
            return said;
        }
        _ => return said,
    };
    said.push(label);
    said
}

#[inline(never)]
pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> Option<Said> {
    let row = at.question.row();
    let value = checking.value(at);
    let missing = || {
        let speaks = |own| speaks_of_missing(own) && !crate::dspt::rules::leaves_missing(own, checking, at);
        checking.is_required(at) && value.is_blank() && !has_own(checking, row, speaks)
    };
    let host = checking.host.plan.of(at.question, checking.index_of(at));
    let say = |param: Option<Named>| Some(said(rule, checking.label(at, checking.language_of(rule)), param));
    match rule {
        rule::ANS_001 if missing() && !is_selected(row.kind) => say(None),
        rule::ANS_016 if missing() && is_selected(row.kind) => say(None),
        rule::ANS_002 => {
            let Value::Text(text) = value else { return None };
            let own = Some(u32::from(row.max)).filter(|max| *max > 0);
            let tighter = host.and_then(|host| host.said.max_characters);
            let max = match (own, tighter) {
                (Some(own), Some(tighter)) => own.min(tighter),
                _ => own.or(tighter)?,
            };
            // PDS-008 says it of a use case that is longer than the table allows.
            let is_said = at.question == question::PDS_USE_CASE && longer(text, u32::from(row.max));
            if longer(text, max) && !is_said {
                return say(Some(("max", Param::Number(max))));
            }
            None
        }
        rule::ANS_003 | rule::ANS_004 => {
            let Value::NotReal(not_real) = value else { return None };
            if has_own(checking, row, |rule| {
                matches!(rule.row().trigger, Trigger::NotARealDate)
            }) {
                return None;
            }
            match rule {
                rule::ANS_004 => say(None),
                _ if not_real.blank => {
                    let parts = parts_in_words(&not_real.parts(), checking.language_of(rule));
                    say(Some(("parts", Param::Text(parts))))
                }
                _ => None,
            }
        }
        rule::ANS_005 | rule::ANS_006 | rule::ANS_007 | rule::ANS_008 => {
            let Value::Date(day) = value else { return None };
            if out_of_time(host?, *day, checking.context.today)? == rule {
                return say(None);
            }
            None
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
            let cell = checking.submission.cell(at.question, checking.index_of(at))?;
            // An option that a profile adds may count as one of ours.
            let counts_as = |item: &str, exclusive: &str| {
                let item = value::read(at.question, &Cell::One(item), checking.context);
                let exclusive = value::read(at.question, &Cell::One(exclusive), checking.context);
                matches!(&exclusive, Value::Options { set, .. } if *set != 0) && item == exclusive
            };
            say(Some(beside_others(host?, cell, counts_as)?))
        }
        rule::ANS_018 | rule::ANS_019 => {
            let Value::Number(number) = value else { return None };
            let (wrong, bound) = out_of_bounds(host?, *number)?;
            if wrong == rule { say(Some(bound)) } else { None }
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
pub(crate) fn out_of_time(host: &Spec, day: Date, today: Date) -> Option<RuleId> {
    let (fits, rule) = match host.must_be? {
        MustBe::Past => (day < today, rule::ANS_005),
        MustBe::TodayOrPast => (day <= today, rule::ANS_006),
        MustBe::TodayOrFuture => (day >= today, rule::ANS_007),
        MustBe::Future => (day > today, rule::ANS_008),
    };
    (!fits).then_some(rule)
}

/// The rule that a number breaks, with the bound that the host gives.
pub(crate) fn out_of_bounds(host: &Spec, number: u32) -> Option<(RuleId, Named)> {
    match (host.said.min, host.said.max) {
        (Some(min), _) if number < min => Some((rule::ANS_018, ("min", Param::Number(min)))),
        (_, Some(max)) if number > max => Some((rule::ANS_019, ("max", Param::Number(max)))),
        _ => None,
    }
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
