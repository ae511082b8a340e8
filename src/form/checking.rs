//! Which questions apply, and which are required? One pass over the form, from the first question to the last.

use super::submission::{Cell, Submission};
use super::value::{self, Value};
use crate::context::Context;
use crate::host::{self, Host};
use crate::message::Language;
use crate::people::People;
use crate::tables::Text;
use crate::tables::{
    Condition, FORMS, FormRow, GROUPS, Group, Placement, QUESTIONS, Question, Required, RuleId, Words, question,
};
use crate::text::to_usize;

/// A question, and for a question of rows the place of its row.
///
/// One number, as nearly everything that is asked of a form is asked with it: the question below, and above it the row
/// counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At(u32);

impl At {
    /// A question that stands once, or a list as a whole.
    pub(crate) const fn once(question: Question) -> Self {
        Self(question.0 as u32)
    }

    /// A question in a row. No form has as many rows as there is room for.
    pub(crate) fn in_row(question: Question, row: usize) -> Self {
        let row = u32::try_from(row + 1).unwrap_or_default();
        Self(u32::from(question.0) | row << 8)
    }

    pub(crate) const fn question(self) -> Question {
        Question((self.0 & 0xFF) as u8)
    }

    pub(crate) fn row(self) -> Option<usize> {
        to_usize(self.0 >> 8).checked_sub(1)
    }

    /// Another question, of the same row if it is one of rows.
    pub(crate) fn beside(self, question: Question) -> Self {
        match question.row().group {
            Some(_) => Self(u32::from(question.0) | self.0 & !0xFF),
            None => Self::once(question),
        }
    }
}

/// A question at its row: what was answered, and what holds for it now.
#[derive(Debug, Clone, Copy)]
struct Slot<'a> {
    value: Value<'a>,
    asked: bool,
    applies: bool,
    required: bool,
    /// A condition of the host does not hold, so it is not asked.
    closed: bool,
    /// What the form calls it.
    label: Option<Words>,
}

impl<'a> Slot<'a> {
    const fn of(value: Value<'a>) -> Self {
        Self {
            value,
            asked: false,
            applies: false,
            required: false,
            closed: false,
            label: None,
        }
    }
}

/// What stands where no question is.
static NOWHERE: Slot<'static> = Slot::of(Value::Blank);

/// The rows of a list that exist.
#[derive(Debug, Default)]
struct Rows {
    /// Where the slots of the first row begin; those of the others follow.
    from: usize,
    /// How many slots a row has.
    size: usize,
    /// The index of each row, as the page gave it.
    indexes: Vec<u16>,
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
    /// By the number of the question, which for a question of rows stands for the list as a whole. Then the rows.
    slots: Vec<Slot<'a>>,
    rows: [Rows; 2],
    /// Who is named in the form: nobody, where there are no rows.
    pub(crate) people: People,
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
            slots: Vec::with_capacity(2 * QUESTIONS.len()),
            rows: [Rows::default(), Rows::default()],
            people: People::default(),
        };
        checking.read();
        checking.place_all();
        // A condition of the host may read what comes later, or what waits for another such condition.
        let conditions = host.plan.conditions_on_questions();
        let mut left = conditions + 1;
        while left > 0 && conditions > 0 && checking.close() {
            checking.place_all();
            left -= 1;
        }
        // Whether a question is required may wait on a later one, so it is worked out when all applies is known.
        for section in form.sections {
            for placement in section.questions {
                checking.require(placement);
            }
        }
        if checking.rows.iter().any(|rows| !rows.indexes.is_empty()) {
            checking.people = People::of(&checking);
        }
        checking
    }

    fn read(&mut self) {
        let submission = self.submission;
        for (number, cell) in (0..).zip(&submission.cells) {
            self.read_cell(Question(number), cell);
        }
        for (number, (group, rows)) in GROUPS.iter().zip(&submission.rows).enumerate() {
            let mut read = Rows {
                from: self.slots.len(),
                size: group.size,
                indexes: Vec::new(),
            };
            let questions = if rows.is_empty() {
                Vec::new()
            } else {
                questions_of(number)
            };
            for row in rows {
                let from = self.slots.len();
                for (question, cell) in questions.iter().zip(&row.cells) {
                    self.read_cell(*question, cell);
                }
                // A row of ticks for "no" and of separators reads as blank although something was typed.
                if self.is_row_answered(from, read.size) {
                    read.indexes.push(row.index);
                } else {
                    self.slots.truncate(from);
                }
            }
            if let Some(rows) = self.rows.get_mut(number) {
                *rows = read;
            }
        }
    }

    fn read_cell(&mut self, question: Question, cell: &'a Cell<'a>) {
        self.slots.push(Slot::of(value::read(question, cell, self.context)));
    }

    /// True when something is answered in the row whose slots begin here.
    fn is_row_answered(&self, from: usize, size: usize) -> bool {
        let row = self.slots.get(from..from + size).unwrap_or_default();
        row.iter().any(|slot| !slot.value.is_blank())
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
            if let Some(slot) = self.slot_mut(at) {
                changed |= slot.closed != closed;
                slot.closed = closed;
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
            .is_none_or(|asked| asked.iter().any(|(asked, _)| *asked == question))
            && !self.context.changes.drops(section, question);
        // Asked or not is the same for every row, also when there is none. Whether it applies to rows that are not there is what
        // a rule asks that reads the list as a whole.
        let applies = self.settle(placement, asked, At::once(question));
        let Some(group) = question.row().group else { return };
        if group == Group::ScrPrivacyOfficers && applies && self.is_asked(At::once(question)) {
            self.first_officer();
        }
        for row in 0..self.row_count(group) {
            self.settle(placement, asked, At::in_row(question, row));
        }
    }

    /// Writes down whether a question is asked and applies at a row, and says whether it applies.
    fn settle(&mut self, placement: &'static Placement, asked: bool, at: At) -> bool {
        // The part that reads a question that is not asked is taken as true. Onboarding.md 4.3.
        let applies = placement
            .applies
            .is_none_or(|condition| self.truth(condition, at) != Truth::No);
        if let Some(slot) = self.slot_mut(at) {
            slot.asked = asked && !slot.closed;
            slot.applies = applies;
            slot.label = Some(placement.label);
        }
        applies
    }

    /// There is always a first privacy officer to name while Summary Care Records are wanted. Onboarding.md 4.4.
    fn first_officer(&mut self) {
        let from = self.slots.len();
        if let Some(rows) = self.rows.get_mut(Group::ScrPrivacyOfficers as usize)
            && rows.indexes.is_empty()
        {
            rows.from = from;
            rows.indexes.push(0);
            for _ in 0..rows.size {
                self.slots.push(NOWHERE);
            }
        }
    }

    fn require(&mut self, placement: &'static Placement) {
        let question = placement.question;
        let reads_unasked = placement.applies.is_some_and(|condition| self.reads_unasked(condition));
        let changed = self.context.changes.requires(question);
        let rows = question.row().group.map_or(1, |group| self.row_count(group));
        for row in 0..rows {
            let at = match question.row().group {
                Some(_) => At::in_row(question, row),
                None => At::once(question),
            };
            let own = self
                .host
                .plan
                .of(question, self.index_of(at))
                .and_then(|spec| spec.required());
            let required = own.or(changed).unwrap_or_else(|| match placement.required {
                Required::Always => !reads_unasked,
                Required::No => false,
                Required::When(condition) => !self.reads_unasked(condition) && self.holds(condition, at),
            });
            if let Some(slot) = self.slot_mut(at) {
                slot.required = required;
            }
        }
    }

    /// Where a question stands at its row.
    #[inline(always)]
    fn place_of(&self, at: At) -> usize {
        let Some(number) = at.row() else {
            return usize::from(at.question().0);
        };
        let row = at.question().row();
        match row.group.and_then(|group| self.rows.get(group as usize)) {
            Some(rows) if number < rows.indexes.len() => rows.from + number * rows.size + usize::from(row.place),
            // A row that is not there.
            _ => usize::MAX,
        }
    }

    fn slot(&self, at: At) -> &Slot<'a> {
        self.slots.get(self.place_of(at)).unwrap_or(&NOWHERE)
    }

    fn slot_mut(&mut self, at: At) -> Option<&mut Slot<'a>> {
        let place = self.place_of(at);
        self.slots.get_mut(place)
    }

    /// True when the page has a control for the question.
    pub(crate) fn is_asked(&self, at: At) -> bool {
        self.slot(at).asked
    }

    /// True when the page has no control for the question, rather than one that a condition of the host closes.
    pub(crate) fn is_left_out(&self, at: At) -> bool {
        let slot = self.slot(at);
        !slot.asked && !slot.closed
    }

    pub(crate) fn applies(&self, at: At) -> bool {
        self.slot(at).applies
    }

    /// Asked, and it applies: so it has findings and counts.
    pub(crate) fn is_open(&self, at: At) -> bool {
        let slot = self.slot(at);
        slot.asked && slot.applies
    }

    /// Required now, as long as it is asked and applies.
    pub(crate) fn is_required(&self, at: At) -> bool {
        let slot = self.slot(at);
        slot.asked && slot.applies && slot.required
    }

    /// What other rules read: blank when the question does not apply or is not asked.
    pub(crate) fn value(&self, at: At) -> &Value<'a> {
        let slot = self.slot(at);
        if slot.asked && slot.applies {
            &slot.value
        } else {
            &Value::Blank
        }
    }

    /// What was typed, whether the question applies or not. For the rules about answers left behind. Onboarding.md 4.5.
    pub(crate) fn left_over(&self, at: At) -> &Value<'a> {
        &self.slot(at).value
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

    fn rows(&self, group: Group) -> &[u16] {
        self.rows.get(group as usize).map_or(&[], |rows| &rows.indexes)
    }

    pub(crate) fn row_count(&self, group: Group) -> usize {
        self.rows(group).len()
    }

    /// True when something was filled in in the list.
    pub(crate) fn has_rows(&self, group: Group) -> bool {
        // Only the first privacy officer of all can be blank, and then there is no other.
        self.rows
            .get(group as usize)
            .is_some_and(|rows| !rows.indexes.is_empty() && self.is_row_answered(rows.from, rows.size))
    }

    /// The index that the page gave a row.
    pub(crate) fn row_index(&self, group: Group, row: usize) -> u16 {
        self.rows(group).get(row).copied().unwrap_or_default()
    }

    /// The index of the row of a place, as the page gave it.
    pub(crate) fn index_of(&self, at: At) -> Option<u16> {
        Some(self.row_index(at.question().row().group?, at.row()?))
    }

    /// The place of the row with an index.
    pub(crate) fn row_at(&self, group: Group, index: u16) -> Option<usize> {
        self.rows(group).binary_search(&index).ok()
    }

    /// The question at every row, in order; once for a question that stands once.
    pub(crate) fn everywhere(&self, question: Question) -> Vec<At> {
        let Some(group) = question.row().group else {
            return vec![At::once(question)];
        };
        let mut places = Vec::new();
        for row in 0..self.row_count(group) {
            places.push(At::in_row(question, row));
        }
        places
    }

    /// The language in which the sentence of a rule stands: Welsh only where the sentence is, so that none is in two.
    pub(crate) fn language_of(&self, rule: RuleId) -> Language {
        let id = rule.row().id.as_str();
        let own = self
            .context
            .messages()
            .is_some_and(|messages| messages.below.iter().any(|own| own.name.starts_with(id)));
        if own || rule.row().messages.iter().all(|message| message.words.cy != Text::NONE) {
            self.context.language
        } else {
            Language::English
        }
    }

    /// The words for a question in messages. Onboarding.md 10.
    pub(crate) fn label(&self, at: At, language: Language) -> &str {
        let question = at.question();
        let own = self
            .host
            .plan
            .of(question, self.index_of(at))
            .and_then(|spec| spec.said.get("label"));
        if let Some(label) = own.or_else(|| self.context.changes.label(question)) {
            return label;
        }
        let words = question.row().name_in_messages.or(self.slot(at).label);
        words.map_or(question.row().name.as_str(), |words| language.of(words))
    }

    /// `A = v` of the conditions.
    pub(crate) fn is(&self, question: Question, option: u8) -> bool {
        is_option(self.value(At::once(question)), option)
    }

    /// True when a condition of a rule holds. A part that reads what is not asked does not.
    pub(crate) fn holds(&self, condition: &'static Condition, from: At) -> bool {
        self.truth(condition, from) == Truth::Yes
    }

    fn truth(&self, condition: &'static Condition, from: At) -> Truth {
        let read = |question: Question, holds: &dyn Fn(&Value<'a>) -> bool| {
            let at = from.beside(question);
            if self.is_asked(at) {
                Truth::of(holds(self.value(at)))
            } else {
                Truth::Unknown
            }
        };
        match condition {
            Condition::All(parts) => parts
                .iter()
                .map(|part| self.truth(part, from))
                .min()
                .unwrap_or(Truth::Yes),
            Condition::Any(parts) => parts
                .iter()
                .map(|part| self.truth(part, from))
                .max()
                .unwrap_or(Truth::No),
            Condition::Not(part) => match self.truth(part, from) {
                Truth::Yes => Truth::No,
                Truth::Unknown => Truth::Unknown,
                Truth::No => Truth::Yes,
            },
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
                Value::OtherOption(text) => self.context.lists.holds(*list, &value::option_text(text)),
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
            Condition::Not(part) => self.reads_unasked(part),
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
        self.is_asked(At::once(question))
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
