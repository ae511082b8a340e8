//! Which rules speak of an answer in a field of the host's own? Those of its kind. Onboarding.md 10.

use super::plan::Entry;
use super::spec::Spec;
use super::when::is_option;
use crate::any_question::{is_selected, out_of_bounds, out_of_time};
use crate::codes;
use crate::context::Context;
use crate::finding::{DatePart, Param};
use crate::form::rules::{Said, date_parts};
use crate::form::submission::Cell;
use crate::form::value::{self, Value, length, option_text};
use crate::guard;
use crate::identifier;
use crate::message::{Language, label_first, label_inside, parts_in_words};
use crate::ods::CodeBox;
use crate::ods::verdict::judge as judge_code;
use crate::tables::{Kind, RuleId, rule};

/// Every rule that speaks of an answer.
pub(super) struct Judged {
    /// In the order of rules.
    pub(super) raised: Vec<(RuleId, Said)>,
    /// For a date: the parts to mend.
    pub(super) parts: Option<Vec<DatePart>>,
    /// For a code: what may have been meant.
    pub(super) suggestion: Option<String>,
}

/// Judges one answer. `language` is that of a rule's sentence.
pub(super) fn judge(
    entry: &Entry<'_>,
    cell: &Cell<'_>,
    context: &Context,
    language: impl Fn(RuleId) -> Language,
) -> Judged {
    let (spec, kind) = (entry.spec, entry.kind);
    let words = || spec.label.clone().unwrap_or_else(|| spec.name.as_words());
    let label = || ("label", Param::Text(label_inside(&words())));
    let at_start = || ("Label", Param::Text(label_first(&words())));
    let value = value_of(spec, kind, cell);
    let mut raised: Vec<(RuleId, Said)> = Vec::new();
    let mut suggestion = None;
    match &value {
        Value::Blank if spec.required == Some(true) => {
            let missing = if is_selected(kind) {
                rule::ANS_016
            } else {
                rule::ANS_001
            };
            raised.push((missing, vec![label()]));
        }
        Value::Blank => {}
        Value::Text(text) => {
            if let Some(code_box) = code_box(kind) {
                let judgement = judge_code(text, code_box, None, None);
                raised.extend(judgement.raised.into_iter().map(|code| (code.rule, code.params)));
                suggestion = judgement.suggestion;
            }
            let guards = guards(kind)
                .iter()
                .filter(|guard| guard::speaks(**guard, text, context));
            raised.extend(guards.map(|guard| (*guard, Vec::new())));
            if let Some(max) = spec.max_characters
                && longer(text, max)
            {
                raised.push((rule::ANS_002, vec![at_start(), ("max", Param::Number(max))]));
            }
            if let Some(format) = format(kind)
                && !identifier::fits_kind(kind, text)
            {
                raised.push((format, Vec::new()));
            }
        }
        Value::NotReal(not_real) if not_real.blank => {
            let parts = parts_in_words(&not_real.parts(), language(rule::ANS_003));
            raised.push((rule::ANS_003, vec![at_start(), ("parts", Param::Text(parts))]));
        }
        Value::NotReal(_) => raised.push((rule::ANS_004, vec![at_start()])),
        Value::Date(day) => {
            let wrong = spec
                .must_be
                .and_then(|must_be| out_of_time(must_be, *day, context.today));
            raised.extend(wrong.map(|rule| (rule, vec![at_start()])));
        }
        Value::Number(number) => {
            let wrong = out_of_bounds(spec, *number);
            raised.extend(wrong.map(|(rule, bound)| (rule, vec![at_start(), bound])));
        }
        Value::Unreadable if kind == Kind::WholeNumber => raised.push((rule::ANS_009, vec![at_start()])),
        Value::Unreadable => raised.push((rule::ANS_014, Vec::new())),
        _ if kind == Kind::Choices && is_beside_others(spec, cell) => {
            let exclusive = ("exclusive", Param::Text(spec.exclusive_label.clone()));
            raised.push((rule::ANS_015, vec![exclusive, label()]));
        }
        _ => {}
    }
    Judged {
        raised: raised
            .into_iter()
            .filter(|(rule, _)| context.changes.severity(*rule).is_some())
            .collect(),
        parts: (kind == Kind::Date).then(|| date_parts(&value)),
        suggestion: suggestion.filter(|_| context.suggestions),
    }
}

/// What a field of the host's own holds. Choices have no numbers here, so that all of them are one value.
fn value_of<'a>(spec: &Spec, kind: Kind, cell: &Cell<'a>) -> Value<'a> {
    let all_known = |count: usize| cell.items().take(count).all(|item| is_option(spec, &option_text(item)));
    match kind {
        _ if cell.is_blank() => Value::Blank,
        Kind::Choice if all_known(1) => Value::Ticked,
        Kind::Choices if all_known(usize::MAX) => Value::Ticked,
        Kind::Choice | Kind::Choices => Value::Unreadable,
        kind => value::plain(kind, cell),
    }
}

/// True when the option that must stand alone does not.
pub(crate) fn is_beside_others(spec: &Spec, cell: &Cell<'_>) -> bool {
    let Some(exclusive) = &spec.exclusive else { return false };
    let is_it = |item: &str| option_text(item) == *exclusive;
    cell.items().any(is_it) && !cell.items().all(is_it)
}

/// True when a text is longer than the host allows.
pub(crate) fn longer(text: &str, max: u32) -> bool {
    length(text) > usize::try_from(max).unwrap_or(usize::MAX)
}

fn code_box(kind: Kind) -> Option<CodeBox> {
    match kind {
        Kind::OdsCode => Some(CodeBox::Ods),
        Kind::DsptCode => Some(CodeBox::Dspt),
        _ => None,
    }
}

fn guards(kind: Kind) -> &'static [RuleId] {
    match kind {
        Kind::LongText => &[rule::GRD_001, rule::GRD_002, rule::GRD_004],
        Kind::Email => &[rule::GRD_003],
        _ => &[],
    }
}

/// The rule of the format of a kind.
fn format(kind: Kind) -> Option<RuleId> {
    match kind {
        Kind::Email => Some(rule::ANS_010),
        Kind::Postcode => Some(rule::ANS_011),
        Kind::Telephone => Some(rule::ANS_012),
        Kind::IcoNumber => Some(rule::ANS_013),
        Kind::WebAddress => Some(rule::ANS_017),
        _ => None,
    }
}

/// True when the finding of a rule carries the suggestion.
pub(super) fn suggests(rule: RuleId) -> bool {
    codes::suggests(rule)
}
