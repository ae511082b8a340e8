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

/// A param with its name.
pub(crate) type Named = (&'static str, Param);

/// The params of a rule's sentence, sorted: the words for the question where it names them, and what else it names.
pub(crate) fn said(rule: RuleId, words: &str, param: Option<Named>) -> Said {
    let mut said = Said::new();
    if let rule::ANS_002
    | rule::ANS_003
    | rule::ANS_004
    | rule::ANS_005
    | rule::ANS_006
    | rule::ANS_007
    | rule::ANS_008
    | rule::ANS_009
    | rule::ANS_018
    | rule::ANS_019 = rule
    {
        said.push(("Label", Param::Text(label_first(words))));
    }
    if let Some(param) = param {
        said.push(param);
    }
    // These begin with a verb, so that the words stand inside.
    if let rule::ANS_001 | rule::ANS_015 | rule::ANS_016 = rule {
        said.push(("label", Param::Text(label_inside(words))));
    }
    said
}

/// Judges one answer, or a missing one, by the rules that can speak of any question.
#[inline(never)]
pub(crate) fn judge(checking: &Checking<'_>, at: At, raise: &mut dyn FnMut(RuleId, Said)) {
    let row = at.question().row();
    let value = checking.value(at);
    let host = checking.host.plan.of(at.question(), checking.index_of(at));
    let mut say = |rule: RuleId, param: Option<Named>| {
        let words = checking.label(at, checking.language_of(rule));
        raise(rule, said(rule, words, param));
    };
    match value {
        Value::Blank => {
            let speaks = |own| speaks_of_missing(own) && !crate::dspt::rules::leaves_missing(own, checking, at);
            if checking.is_required(at) && !has_own(checking, row, &speaks) {
                let is_selected = is_selected(row.kind);
                say(if is_selected { rule::ANS_016 } else { rule::ANS_001 }, None);
            }
        }
        Value::Text(text) => {
            let own = Some(u32::from(row.max)).filter(|max| *max > 0);
            let tighter = host.and_then(|host| host.said.number("maxCharacters"));
            let max = match (own, tighter) {
                (Some(own), Some(tighter)) => Some(own.min(tighter)),
                _ => own.or(tighter),
            };
            // PDS-008 says it of a use case that is longer than the table allows.
            let is_said = at.question() == question::PDS_USE_CASE && longer(text, u32::from(row.max));
            if let Some(max) = max
                && longer(text, max)
                && !is_said
            {
                say(rule::ANS_002, Some(("max", Param::Number(max))));
            }
            let of_format = |rule: RuleId| matches!(rule.row().trigger, Trigger::NotInItsFormat);
            if row.kind == Kind::Telephone && !identifier::is_telephone(text) && !has_own(checking, row, &of_format) {
                say(rule::ANS_012, None);
            }
        }
        Value::NotReal(not_real) => {
            let of_dates = |rule: RuleId| matches!(rule.row().trigger, Trigger::NotARealDate);
            if !has_own(checking, row, &of_dates) {
                if not_real.blank {
                    let parts = parts_in_words(&not_real.parts(), checking.language_of(rule::ANS_003));
                    say(rule::ANS_003, Some(("parts", Param::Text(parts))));
                }
                say(rule::ANS_004, None);
            }
        }
        Value::Date(day) => {
            if let Some(rule) = host.and_then(|host| out_of_time(host, *day, checking.context.today)) {
                say(rule, None);
            }
        }
        Value::Number(number) => {
            if let Some((rule, bound)) = host.and_then(|host| out_of_bounds(host, *number)) {
                say(rule, Some(bound));
            }
        }
        Value::Options { all: true, .. } => {
            let Some((host, cell)) = host.zip(checking.submission.cell(at.question(), checking.index_of(at))) else {
                return;
            };
            // An option that a profile adds may count as one of ours.
            let counts_as = |item: &str, exclusive: &str| {
                let read = |text| match value::read(at.question(), &Cell::One(text), checking.context) {
                    Value::Options { set, .. } => set,
                    _ => 0,
                };
                read(item) == read(exclusive) && read(exclusive) != 0
            };
            if let Some(exclusive) = beside_others(host, cell, &counts_as) {
                say(rule::ANS_015, Some(exclusive));
            }
        }
        value => {
            if value.is_unreadable() && matches!(row.kind, Kind::Choice | Kind::Choices | Kind::YesNo) {
                say(rule::ANS_014, None);
            }
        }
    }
}

/// True when a rule of the question's own, in this form, says what this rule would.
fn has_own(checking: &Checking<'_>, row: &QuestionRow, says: &dyn Fn(RuleId) -> bool) -> bool {
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
    match (host.said.number("min"), host.said.number("max")) {
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
