//! Which questions apply, and which are required? One pass over the form, from the first question to the last.

use std::cell::OnceCell;

use super::submission::Submission;
use super::value::{self, Value};
use crate::context::Context;
use crate::host::{self, Host};
use crate::message::Language;
use crate::people::People;
use crate::tables::Text;
use crate::tables::{
    Condition, FORMS, FormRow, GROUPS, Group, Placement, QUESTIONS, Question, Required, RuleId, Words, question,
};

/// A question, and for a question of rows the place of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) question: Question,
    pub(crate) row: Option<usize>,
}

impl At {
    /// A question that stands once.
    pub(crate) const fn once(question: Question) -> Self {
        Self { question, row: None }
    }

    /// Another question, of the same row if it is one of rows.
    pub(crate) fn beside(self, question: Question) -> Self {
        let row = self.row.filter(|_| question.row().group.is_some());
        Self { question, row }
    }
}

/// What holds for a question now.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    asked: bool,
    applies: bool,
    required: bool,
    /// A condition of the host does not hold, so it is not asked.
    closed: bool,
}

/// A row that exists.
#[derive(Debug)]
struct CheckedRow<'a> {
    index: u16,
    values: Vec<Value<'a>>,
    states: Vec<State>,
}

/// A form with everything that was answered, ready for the rules.
#[derive(Debug)]
pub(crate) struct Checking<'a> {
    pub(crate) form: &'static FormRow,
    pub(crate) context: &'a Context,
    pub(crate) submission: &'a Submission<'a>,
    /// What the host says of fields, and what was answered in its own.
    pub(crate) host: &'a Host<'a>,
    /// The bit of the form in a rule's row.
    pub(crate) form_bit: u8,
    values: Vec<Value<'a>>,
    states: Vec<State>,
    labels: Vec<Option<Words>>,
    rows: [Vec<CheckedRow<'a>>; 2],
    people: OnceCell<People>,
}

impl<'a> Checking<'a> {
    pub(crate) fn new(
        form: &'static FormRow,
        submission: &'a Submission<'a>,
        context: &'a Context,
        host: &'a Host<'a>,
    ) -> Self {
        let number = FORMS.iter().position(|row| std::ptr::eq(row, form)).unwrap_or_default();
        let mut checking = Self {
            form,
            context,
            submission,
            host,
            form_bit: 1 << number,
            values: vec![Value::Blank; QUESTIONS.len()],
            states: vec![State::default(); QUESTIONS.len()],
            labels: vec![None; QUESTIONS.len()],
            rows: [Vec::new(), Vec::new()],
            people: OnceCell::new(),
        };
        checking.read(submission);
        checking.place_all();
        // A condition of the host may read what comes later, or what waits for another such condition.
        let mut left = host.plan.conditions_on_questions + 1;
        while left > 0 && host.plan.conditions_on_questions > 0 && checking.close() {
            checking.place_all();
            left -= 1;
        }
        // Whether a question is required may wait on a later one, so it is worked out when all applies is known.
        for placement in form.sections.iter().flat_map(|section| section.questions) {
            checking.require(placement);
        }
        checking
    }

    fn read(&mut self, submission: &Submission<'a>) {
        for (number, (cell, value)) in (0..).zip(submission.cells.iter().zip(&mut self.values)) {
            *value = value::read(Question(number), cell, self.context);
        }
        for (group, (rows, checked)) in submission.rows.iter().zip(&mut self.rows).enumerate() {
            if rows.is_empty() {
                continue;
            }
            let questions = questions_of(group);
            for row in rows {
                let mut values = Vec::with_capacity(questions.len());
                for (question, cell) in questions.iter().zip(&row.cells) {
                    values.push(value::read(*question, cell, self.context));
                }
                checked.push(CheckedRow {
                    index: row.index,
                    states: vec![State::default(); values.len()],
                    values,
                });
            }
            // A row of ticks for "no" and of separators reads as blank although something was typed.
            checked.retain(|row| row.values.iter().any(|value| !value.is_blank()));
        }
    }

    fn place_all(&mut self) {
        for section in self.form.sections {
            let id = section.id.as_str();
            for placement in section.questions {
                self.place(id, placement);
            }
        }
    }

    /// Works out which questions a condition of the host closes. True when that has changed.
    fn close(&mut self) -> bool {
        let mut changed = false;
        for (at, closed) in host::when::closed(self) {
            if let Some(state) = self.state_mut(at) {
                changed |= state.closed != closed;
                state.closed = closed;
            }
        }
        changed
    }

    /// Works out whether a question is asked and applies.
    fn place(&mut self, section: &str, placement: &'static Placement) {
        let question = placement.question;
        let asked = self
            .context
            .asked
            .as_ref()
            .is_none_or(|asked| asked.contains(&question))
            && !self.context.changes.drops(section, question);
        if let Some(label) = self.labels.get_mut(usize::from(question.0)) {
            *label = Some(placement.label);
        }
        match question.row().group {
            None => {
                let applies = placement
                    .applies
                    .is_none_or(|condition| self.holds_for_applies(condition, None));
                if let Some(state) = self.states.get_mut(usize::from(question.0)) {
                    state.asked = asked && !state.closed;
                    state.applies = applies;
                }
            }
            Some(group) => {
                // Asked or not is the same for every row, also when there is none. Whether it applies to rows that are not
                // there is what a rule asks that reads the list as a whole.
                let applies = placement
                    .applies
                    .is_none_or(|condition| self.holds_for_applies(condition, None));
                let mut asked_at_all = asked;
                if let Some(state) = self.states.get_mut(usize::from(question.0)) {
                    asked_at_all &= !state.closed;
                    state.asked = asked_at_all;
                    state.applies = applies;
                }
                self.first_officer(group, asked_at_all, placement);
                for row in 0..self.row_count(group) {
                    let applies = placement
                        .applies
                        .is_none_or(|condition| self.holds_for_applies(condition, Some(row)));
                    if let Some(state) = self.state_mut(At {
                        question,
                        row: Some(row),
                    }) {
                        state.asked = asked && !state.closed;
                        state.applies = applies;
                    }
                }
            }
        }
    }

    /// There is always a first privacy officer to name while Summary Care Records are wanted. Onboarding.md 4.4.
    fn first_officer(&mut self, group: Group, asked: bool, placement: &Placement) {
        if group != Group::ScrPrivacyOfficers || !asked || self.row_count(group) > 0 {
            return;
        }
        if placement
            .applies
            .is_none_or(|condition| self.holds_for_applies(condition, None))
            && let Some(rows) = self.rows.get_mut(group as usize)
        {
            let size = GROUPS.get(group as usize).map_or(0, |group| group.size);
            rows.push(CheckedRow {
                index: 0,
                values: vec![Value::Blank; size],
                states: vec![State::default(); size],
            });
        }
    }

    fn require(&mut self, placement: &'static Placement) {
        let question = placement.question;
        let reads_unasked = placement.applies.is_some_and(|condition| self.reads_unasked(condition));
        let changed = self.context.changes.requires(question);
        let rows = question.row().group.map_or(1, |group| self.row_count(group));
        for row in 0..rows {
            let at = At {
                question,
                row: question.row().group.map(|_| row),
            };
            let own = self
                .host
                .plan
                .of(question, self.index_of(at))
                .and_then(|spec| spec.said.required);
            let required = own.or(changed).unwrap_or_else(|| match placement.required {
                Required::Always => !reads_unasked,
                Required::No => false,
                Required::When(condition) => !self.reads_unasked(condition) && self.holds(condition, at.row),
            });
            if let Some(state) = self.state_mut(at) {
                state.required = required;
            }
        }
    }

    fn state(&self, at: At) -> State {
        let state = match (at.question.row().group, at.row) {
            (Some(group), Some(row)) => self
                .rows
                .get(group as usize)
                .and_then(|rows| rows.get(row))
                .and_then(|row| row.states.get(usize::from(at.question.row().place))),
            _ => self.states.get(usize::from(at.question.0)),
        };
        state.copied().unwrap_or_default()
    }

    fn state_mut(&mut self, at: At) -> Option<&mut State> {
        match (at.question.row().group, at.row) {
            (Some(group), Some(row)) => self
                .rows
                .get_mut(group as usize)
                .and_then(|rows| rows.get_mut(row))
                .and_then(|row| row.states.get_mut(usize::from(at.question.row().place))),
            _ => self.states.get_mut(usize::from(at.question.0)),
        }
    }

    /// True when the page has a control for the question.
    pub(crate) fn is_asked(&self, at: At) -> bool {
        self.state(at).asked
    }

    /// True when the page has no control for the question, rather than one that a condition of the host closes.
    pub(crate) fn is_left_out(&self, at: At) -> bool {
        let state = self.state(at);
        !state.asked && !state.closed
    }

    pub(crate) fn applies(&self, at: At) -> bool {
        self.state(at).applies
    }

    /// Asked, and it applies: so it has findings and counts.
    pub(crate) fn is_open(&self, at: At) -> bool {
        let state = self.state(at);
        state.asked && state.applies
    }

    /// Required now, as long as it is asked and applies.
    pub(crate) fn is_required(&self, at: At) -> bool {
        let state = self.state(at);
        state.asked && state.applies && state.required
    }

    /// What other rules read: blank when the question does not apply or is not asked.
    pub(crate) fn value(&self, at: At) -> &Value<'a> {
        if self.is_open(at) {
            self.left_over(at)
        } else {
            &Value::Blank
        }
    }

    /// What was typed, whether the question applies or not. For the rules about answers left behind. Onboarding.md 4.5.
    pub(crate) fn left_over(&self, at: At) -> &Value<'a> {
        let value = match (at.question.row().group, at.row) {
            (Some(group), Some(row)) => self
                .rows
                .get(group as usize)
                .and_then(|rows| rows.get(row))
                .and_then(|row| row.values.get(usize::from(at.question.row().place))),
            _ => self.values.get(usize::from(at.question.0)),
        };
        value.unwrap_or(&Value::Blank)
    }

    /// The text of an answer that is a text.
    pub(crate) fn text(&self, at: At) -> Option<&'a str> {
        match self.value(at) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a question that stands once.
    pub(crate) fn text_of(&self, question: Question) -> Option<&'a str> {
        self.text(At::once(question))
    }

    pub(crate) fn row_count(&self, group: Group) -> usize {
        self.rows.get(group as usize).map_or(0, Vec::len)
    }

    /// True when something was filled in in the list.
    pub(crate) fn has_rows(&self, group: Group) -> bool {
        // Only the first privacy officer of all can be blank, and then there is no other.
        self.rows
            .get(group as usize)
            .and_then(|rows| rows.first())
            .is_some_and(|row| row.values.iter().any(|value| !value.is_blank()))
    }

    /// The index that the page gave a row.
    pub(crate) fn row_index(&self, group: Group, row: usize) -> u16 {
        self.rows
            .get(group as usize)
            .and_then(|rows| rows.get(row))
            .map_or(0, |row| row.index)
    }

    /// The index of the row of a place, as the page gave it.
    pub(crate) fn index_of(&self, at: At) -> Option<u16> {
        Some(self.row_index(at.question.row().group?, at.row?))
    }

    /// The place of the row with an index.
    pub(crate) fn row_at(&self, group: Group, index: u16) -> Option<usize> {
        let rows = self.rows.get(group as usize)?;
        rows.binary_search_by_key(&index, |row| row.index).ok()
    }

    /// The question at every row, in order; once for a question that stands once.
    pub(crate) fn everywhere(&self, question: Question) -> impl Iterator<Item = At> + use<> {
        let (rows, grouped) = match question.row().group {
            Some(group) => (self.row_count(group), true),
            None => (1, false),
        };
        (0..rows).map(move |row| At {
            question,
            row: grouped.then_some(row),
        })
    }

    /// Who is named in the form. Gathered when a rule first asks.
    pub(crate) fn people(&self) -> &People {
        self.people.get_or_init(|| People::of(self))
    }

    /// The language in which the sentence of a rule stands: Welsh only where the sentence is, so that none is in two.
    pub(crate) fn language_of(&self, rule: RuleId) -> Language {
        let own = self.context.messages.iter().any(|message| message.rule == rule);
        if own || rule.row().messages.iter().all(|message| message.words.cy != Text::NONE) {
            self.context.language
        } else {
            Language::English
        }
    }

    /// The words for a question in messages. Onboarding.md 10.
    pub(crate) fn label(&self, at: At, language: Language) -> &str {
        let question = at.question;
        let own = self
            .host
            .plan
            .of(question, self.index_of(at))
            .and_then(|spec| spec.said.label.as_deref());
        if let Some(label) = own.or_else(|| self.context.changes.label(question)) {
            return label;
        }
        let placed = self.labels.get(usize::from(question.0)).copied().flatten();
        let words = question.row().name_in_messages.or(placed);
        words.map_or(question.row().name.as_str(), |words| language.of(words))
    }

    /// `A = v` of the conditions.
    pub(crate) fn is(&self, question: Question, option: u8) -> bool {
        is_option(self.value(At::once(question)), option)
    }

    /// True when a condition of a rule holds. A part that reads what is not asked does not.
    pub(crate) fn holds(&self, condition: &'static Condition, row: Option<usize>) -> bool {
        self.truth(condition, row) == Truth::Yes
    }

    /// The part that reads a question that is not asked is taken as true. Onboarding.md 4.3.
    fn holds_for_applies(&self, condition: &'static Condition, row: Option<usize>) -> bool {
        self.truth(condition, row) != Truth::No
    }

    fn truth(&self, condition: &'static Condition, row: Option<usize>) -> Truth {
        let at = |question: Question| At { question, row: None }.in_row(row);
        let read = |question: Question, holds: &dyn Fn(&Value<'a>) -> bool| {
            let at = at(question);
            if self.is_asked(at) {
                Truth::of(holds(self.value(at)))
            } else {
                Truth::Unknown
            }
        };
        match condition {
            Condition::All(parts) => parts
                .iter()
                .map(|part| self.truth(part, row))
                .min()
                .unwrap_or(Truth::Yes),
            Condition::Any(parts) => parts
                .iter()
                .map(|part| self.truth(part, row))
                .max()
                .unwrap_or(Truth::No),
            Condition::Not(part) => match self.truth(part, row) {
                Truth::Yes => Truth::No,
                Truth::Unknown => Truth::Unknown,
                Truth::No => Truth::Yes,
            },
            Condition::See(part) => self.truth(part, row),
            Condition::Is(question, option) => read(*question, &|value| is_option(value, *option)),
            Condition::In(question, options) => read(*question, &|value| {
                options.iter().any(|option| is_option(value, *option))
            }),
            Condition::InList(question, list) => read(*question, &|value| match value {
                Value::Option(number) => question
                    .row()
                    .options
                    .text(*number)
                    .is_some_and(|option| self.context.lists.holds(*list, option)),
                Value::OtherOption(text) => self.context.lists.holds(*list, text),
                _ => false,
            }),
            Condition::Has(question, option) => {
                let bit = 1_u32.checked_shl(u32::from(*option)).unwrap_or(0);
                read(
                    *question,
                    &|value| matches!(value, Value::Options { set, .. } if set & bit != 0),
                )
            }
            Condition::Answered(question) => read(*question, &|value| !value.is_blank()),
            Condition::Blank(question) => read(*question, &Value::is_blank),
            Condition::EndUser => Truth::of(!self.is(question::JOURNEY_APPLICANT_TYPE, SYSTEM_SUPPLIER)),
            Condition::DsptDated => read(question::DSPT_STATUS, &|value| !crate::dspt::rules::is_undated(value)),
            Condition::DsptPlan => read(question::DSPT_STATUS, &|_| crate::dspt::rules::needs_plan(self)),
            Condition::DsptAudit => {
                if [question::DSPT_CATEGORY, question::DSPT_EDITION]
                    .iter()
                    .all(|read| self.is_asked(At::once(*read)))
                {
                    Truth::of(crate::dspt::rules::needs_audit(self))
                } else {
                    Truth::Unknown
                }
            }
            Condition::DsptNoRoleNamed => {
                if crate::dspt::rules::ROLES
                    .iter()
                    .all(|role| self.is_asked(At::once(*role)))
                {
                    Truth::of(crate::dspt::rules::no_role_named(self))
                } else {
                    Truth::Unknown
                }
            }
        }
    }

    fn reads_unasked(&self, condition: &'static Condition) -> bool {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| self.reads_unasked(part)),
            Condition::Not(part) | Condition::See(part) => self.reads_unasked(part),
            Condition::Is(question, _)
            | Condition::In(question, _)
            | Condition::InList(question, _)
            | Condition::Has(question, _)
            | Condition::Answered(question)
            | Condition::Blank(question) => !self.is_asked_anywhere(*question),
            Condition::EndUser => false,
            Condition::DsptDated | Condition::DsptPlan => !self.is_asked_anywhere(question::DSPT_STATUS),
            Condition::DsptAudit => [question::DSPT_CATEGORY, question::DSPT_EDITION]
                .iter()
                .any(|read| !self.is_asked_anywhere(*read)),
            Condition::DsptNoRoleNamed => crate::dspt::rules::ROLES
                .iter()
                .any(|role| !self.is_asked_anywhere(*role)),
        }
    }

    /// Asked once, or in rows.
    pub(crate) fn is_asked_anywhere(&self, question: Question) -> bool {
        self.states
            .get(usize::from(question.0))
            .is_some_and(|state| state.asked)
    }
}

impl At {
    fn in_row(self, row: Option<usize>) -> Self {
        Self {
            row: row.filter(|_| self.question.row().group.is_some()),
            ..self
        }
    }
}

/// The place of `system_supplier` among the options of `journey.applicant_type`; a test holds it there.
pub(crate) const SYSTEM_SUPPLIER: u8 = 1;

/// The questions of a list of rows, in order.
fn questions_of(group: usize) -> Vec<Question> {
    let mut questions = Vec::new();
    for (number, row) in (0..).zip(QUESTIONS) {
        if row.group.is_some_and(|own| own as usize == group) {
            questions.push(Question(number));
        }
    }
    questions
}

fn is_option(value: &Value<'_>, option: u8) -> bool {
    match value {
        Value::Option(number) => *number == option,
        Value::YesNo(yes) => u8::from(*yes) == option,
        Value::Status { status, .. } => *status == option,
        _ => false,
    }
}

/// Whether something is so. Unknown when it reads a question that was not asked. In the order in which `and` takes the
/// least and `or` the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    No,
    Unknown,
    Yes,
}

impl Truth {
    fn of(so: bool) -> Self {
        if so { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_supplier_is_the_second_kind_of_applicant() {
        assert_eq!(
            question::JOURNEY_APPLICANT_TYPE.row().options[usize::from(SYSTEM_SUPPLIER)].as_str(),
            "system_supplier"
        );
    }
}
