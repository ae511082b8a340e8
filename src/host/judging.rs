//! Which rules speak of an answer in a field of the host's own? Those of its kind. Onboarding.md 10.

use super::plan::Entry;
use super::spec::Spec;
use crate::any_question::{Named, is_selected, out_of_bounds, out_of_time, said};
use crate::codes::suggests;
use crate::finding::{DatePart, Finding, Param};
use crate::form::checking::Checking;
use crate::form::report::told;
use crate::form::rules::{Said, date_parts};
use crate::form::submission::Cell;
use crate::form::value::{self, Value, length, option_text};
use crate::guard;
use crate::identifier;
use crate::message::parts_in_words;
use crate::ods::CodeBox;
use crate::ods::verdict::judge as judge_code;
use crate::tables::{Kind, RuleId, rule};
use crate::text::to_usize;

/// One field at one row, and what is told of it.
pub(super) struct Judging<'a> {
    pub(super) checking: &'a Checking<'a>,
    pub(super) entry: &'a Entry<'a>,
    /// The name of the field at its row.
    pub(super) name: &'a str,
    pub(super) findings: &'a mut Vec<Finding>,
    /// For a date: the parts to mend. Of a date one rule speaks.
    parts: Option<Vec<DatePart>>,
    /// For a code: what may have been meant.
    suggestion: Option<String>,
}

impl<'a> Judging<'a> {
    pub(super) fn new(
        checking: &'a Checking<'a>,
        entry: &'a Entry<'a>,
        name: &'a str,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self {
            checking,
            entry,
            name,
            findings,
            parts: None,
            suggestion: None,
        }
    }

    /// Every rule that speaks of an answer.
    #[inline(never)]
    pub(super) fn judge(&mut self, cell: &Cell<'_>) {
        let (spec, kind) = (self.entry.spec, self.entry.kind);
        let value = value_of(spec, kind, cell);
        if kind == Kind::Date {
            self.parts = Some(date_parts(&value));
        }
        match &value {
            Value::Blank if spec.required() == Some(true) && is_selected(kind) => self.say(rule::ANS_016, None),
            Value::Blank if spec.required() == Some(true) => self.say(rule::ANS_001, None),
            Value::Blank => {}
            Value::Text(text) => self.judge_text(text),
            Value::NotReal(not_real) if not_real.blank => {
                let language = self.checking.language_of(rule::ANS_003);
                let parts = parts_in_words(&not_real.parts(), language);
                self.say(rule::ANS_003, Some(("parts", Param::Text(parts))));
            }
            Value::NotReal(_) => self.say(rule::ANS_004, None),
            Value::Date(day) => {
                if let Some(rule) = out_of_time(spec, *day, self.checking.context.today) {
                    self.say(rule, None);
                }
            }
            Value::Number(number) => {
                if let Some((rule, bound)) = out_of_bounds(spec, *number) {
                    self.say(rule, Some(bound));
                }
            }
            Value::Unreadable if kind == Kind::WholeNumber => self.say(rule::ANS_009, None),
            Value::Unreadable => self.say(rule::ANS_014, None),
            _ => {
                if let Some(exclusive) = beside_others(spec, cell, &|_, _| false) {
                    self.say(rule::ANS_015, Some(exclusive));
                }
            }
        }
    }

    fn judge_text(&mut self, text: &str) {
        let kind = self.entry.kind;
        // The rules of codes stand before those of any question.
        let code_box = match kind {
            Kind::OdsCode => Some(CodeBox::Ods),
            Kind::DsptCode => Some(CodeBox::Dspt),
            _ => None,
        };
        if let Some(code_box) = code_box {
            let judgement = judge_code(text, code_box, None);
            self.suggestion = judgement.suggestion.filter(|_| self.checking.context.suggestions);
            for code in judgement.raised {
                self.tell(code.rule, code.params());
            }
        }
        let guards: &[RuleId] = match kind {
            Kind::LongText => &[rule::GRD_001, rule::GRD_002, rule::GRD_004],
            Kind::Email => &[rule::GRD_003],
            _ => &[],
        };
        for guard in guards {
            if guard::speaks(*guard, text, self.checking.context) {
                self.say(*guard, None);
            }
        }
        if let Some(max) = self.entry.spec.said.number("maxCharacters")
            && longer(text, max)
        {
            self.say(rule::ANS_002, Some(("max", Param::Number(max))));
        }
        let format = match kind {
            Kind::Email => rule::ANS_010,
            Kind::Postcode => rule::ANS_011,
            Kind::Telephone => rule::ANS_012,
            Kind::IcoNumber => rule::ANS_013,
            Kind::WebAddress => rule::ANS_017,
            _ => return,
        };
        if !identifier::fits_kind(kind, text) {
            self.say(format, None);
        }
    }

    /// A rule of any question speaks.
    #[inline(never)]
    fn say(&mut self, rule: RuleId, param: Option<Named>) {
        let spec = self.entry.spec;
        let params = match spec.said.at("label") {
            Some(label) => said(rule, &label.text, param),
            None => said(rule, &spec.name.as_words(), param),
        };
        self.tell(rule, params);
    }

    #[inline(never)]
    fn tell(&mut self, rule: RuleId, params: Said) {
        let context = self.checking.context;
        let Some(severity) = context.changes.severity(rule) else {
            return;
        };
        let names = [self.name, self.entry.spec.name.general.as_str()];
        let mut finding = told(context, rule, severity, self.entry.kind, &names, params);
        finding.question = self.name.to_owned();
        finding.parts = self.parts.take();
        if suggests(rule) {
            finding.suggestion = self.suggestion.clone();
        }
        self.findings.push(finding);
    }
}

/// What a field of the host's own holds. Choices have no numbers here, so that all of them are one value.
fn value_of<'a>(spec: &Spec, kind: Kind, cell: &'a Cell<'a>) -> Value<'a> {
    if !matches!(kind, Kind::Choice | Kind::Choices) {
        return value::plain(kind, cell);
    }
    let mut value = Value::Blank;
    for item in cell.items() {
        if !spec.has_option(&option_text(item)) {
            return Value::Unreadable;
        }
        value = Value::Ticked;
        if kind == Kind::Choice {
            break;
        }
    }
    value
}

/// The words for the option that must stand alone, when it does not.
///
/// `counts_as` says whether two texts that differ stand for one option.
#[inline(never)]
pub(crate) fn beside_others(spec: &Spec, cell: &Cell<'_>, counts_as: &dyn Fn(&str, &str) -> bool) -> Option<Named> {
    let exclusive = spec.said.at("exclusive")?;
    let (mut alone, mut there) = (true, false);
    for item in cell.items() {
        let is_it = option_text(item) == option_text(&exclusive.text) || counts_as(item, &exclusive.text);
        there |= is_it;
        alone &= is_it;
    }
    let words = spec.said.at("exclusiveLabel").unwrap_or(exclusive);
    (there && !alone).then(|| ("exclusive", Param::Text(words.text.clone())))
}

/// True when a text is longer than the host allows.
pub(crate) fn longer(text: &str, max: u32) -> bool {
    let max = to_usize(max);
    // No text has more characters than bytes, so most need no counting.
    text.len() > max && length(text) > max
}
