//! Which rules speak of an answer in a field of the host's own? Those of its kind. Onboarding.md 10.

use super::plan::Entry;
use super::spec::Spec;
use crate::any_question::{self, Named, is_selected, out_of_bounds, out_of_time};
use crate::codes;
use crate::context::Context;
use crate::finding::{DatePart, Param};
use crate::form::rules::{Said, date_parts};
use crate::form::submission::Cell;
use crate::form::value::{self, Value, length, option_text};
use crate::guard;
use crate::identifier;
use crate::message::{Language, parts_in_words};
use crate::ods::CodeBox;
use crate::ods::verdict::judge as judge_code;
use crate::tables::{Kind, RuleId, rule};
use crate::text::to_usize;

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
    let value = value_of(spec, kind, cell);
    let mut raised: Vec<(RuleId, Said)> = Vec::new();
    let mut suggestion = None;
    let mut say = |rule: RuleId, param: Option<Named>| {
        let words = spec.said.label.clone().unwrap_or_else(|| spec.name.as_words());
        raised.push((rule, any_question::said(rule, &words, param)));
    };
    match &value {
        Value::Blank if spec.said.required == Some(true) => {
            say(
                if is_selected(kind) {
                    rule::ANS_016
                } else {
                    rule::ANS_001
                },
                None,
            );
        }
        Value::Blank => {}
        Value::Text(text) => {
            for guard in guards(kind) {
                if guard::speaks(*guard, text, context) {
                    say(*guard, None);
                }
            }
            if let Some(max) = spec.said.max_characters
                && longer(text, max)
            {
                say(rule::ANS_002, Some(("max", Param::Number(max))));
            }
            if let Some(format) = format(kind)
                && !identifier::fits_kind(kind, text)
            {
                say(format, None);
            }
            if let Some(code_box) = code_box(kind) {
                let judgement = judge_code(text, code_box, None, None);
                suggestion = judgement.suggestion;
                let mut of_code: Vec<(RuleId, Said)> = Vec::new();
                for code in judgement.raised {
                    of_code.push((code.rule, code.params));
                }
                // The rules of codes stand before those of any question.
                of_code.append(&mut raised);
                raised = of_code;
            }
        }
        Value::NotReal(not_real) if not_real.blank => {
            let parts = parts_in_words(&not_real.parts(), language(rule::ANS_003));
            say(rule::ANS_003, Some(("parts", Param::Text(parts))));
        }
        Value::NotReal(_) => say(rule::ANS_004, None),
        Value::Date(day) => {
            if let Some(rule) = out_of_time(spec, *day, context.today) {
                say(rule, None);
            }
        }
        Value::Number(number) => {
            if let Some((rule, bound)) = out_of_bounds(spec, *number) {
                say(rule, Some(bound));
            }
        }
        Value::Unreadable if kind == Kind::WholeNumber => say(rule::ANS_009, None),
        Value::Unreadable => say(rule::ANS_014, None),
        _ => {
            if let Some(exclusive) = beside_others(spec, cell, |_, _| false) {
                say(rule::ANS_015, Some(exclusive));
            }
        }
    }
    raised.retain(|(rule, _)| context.changes.severity(*rule).is_some());
    Judged {
        raised,
        parts: (kind == Kind::Date).then(|| date_parts(&value)),
        suggestion: suggestion.filter(|_| context.suggestions),
    }
}

/// What a field of the host's own holds. Choices have no numbers here, so that all of them are one value.
fn value_of<'a>(spec: &Spec, kind: Kind, cell: &Cell<'a>) -> Value<'a> {
    let all_known = |count: usize| cell.items().take(count).all(|item| spec.has_option(&option_text(item)));
    match kind {
        _ if cell.is_blank() => Value::Blank,
        Kind::Choice if all_known(1) => Value::Ticked,
        Kind::Choices if all_known(usize::MAX) => Value::Ticked,
        Kind::Choice | Kind::Choices => Value::Unreadable,
        kind => value::plain(kind, cell),
    }
}

/// The words for the option that must stand alone, when it does not.
///
/// `counts_as` says whether two texts that differ stand for one option.
pub(crate) fn beside_others(spec: &Spec, cell: &Cell<'_>, counts_as: impl Fn(&str, &str) -> bool) -> Option<Named> {
    let exclusive = spec.said.exclusive.as_ref()?;
    let (mut alone, mut there) = (true, false);
    for item in cell.items() {
        let is_it = option_text(item) == option_text(exclusive) || counts_as(item, exclusive);
        there |= is_it;
        alone &= is_it;
    }
    let words = spec.said.exclusive_label.as_ref().unwrap_or(exclusive);
    (there && !alone).then(|| ("exclusive", Param::Text(words.clone())))
}

/// True when a text is longer than the host allows.
pub(crate) fn longer(text: &str, max: u32) -> bool {
    let max = to_usize(max);
    // No text has more characters than bytes, so most need no counting.
    text.len() > max && length(text) > max
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
