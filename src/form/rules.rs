//! Which rules fire? Every rule is tried on every question it names; then those that leave the word to another step back.
//!
//! What is left is in the order of the report; `report.rs` gives it words, `validated.rs` the form that the validator
//! crate has for it.

use std::cell::Cell;

use super::checking::{At, Checking};
use super::value::{Value, any_piece};
use crate::finding::{DatePart, Param, Severity};
use crate::tables::{Placement, QUESTIONS, Question, Room, RuleId, Skip, Trigger, rule};
use crate::{any_question, guard, identifier};

/// The params of a finding, for one rule that speaks. Sorted by name.
pub(crate) type Said = Vec<(&'static str, Param)>;

/// The questions to judge, and of a question of rows one row where it is named. Sorted, so that many rows cost no more each.
#[derive(Debug, Clone)]
pub(crate) struct Only(Vec<(Question, Option<u16>)>);

impl Only {
    pub(crate) fn new(named: &[(Question, Option<u16>)]) -> Self {
        let mut only = Vec::new();
        for named in named {
            if let Err(at) = only.binary_search(named) {
                only.insert(at, *named);
            }
        }
        Self(only)
    }

    /// Every question that is named.
    pub(crate) fn questions(&self) -> impl Iterator<Item = Question> {
        self.0.iter().map(|(question, _)| *question)
    }

    fn contains(&self, named: &(Question, Option<u16>)) -> bool {
        self.0.binary_search(named).is_ok()
    }
}

/// One rule that would speak, unless it leaves the word to another.
pub(crate) struct Candidate {
    pub(crate) at: At,
    pub(crate) rule: RuleId,
    pub(crate) severity: Severity,
    pub(crate) said: Said,
    pub(crate) suggestion: Option<String>,
    standing: Cell<Standing>,
}

impl Candidate {
    /// True when it speaks.
    pub(crate) fn fires(&self) -> bool {
        self.standing.get() == Standing::Fires
    }
}

/// What is known of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Untried,
    Fires,
    StepsBack,
}

impl Checking<'_> {
    /// What would be said, in question order, then rule order; and of each, whether it is.
    pub(crate) fn said(&self, places: &[At]) -> Vec<Candidate> {
        let candidates = self.candidates(places);
        let mut once = Vec::new();
        for (number, candidate) in candidates.iter().enumerate() {
            if candidate.at.row().is_none() {
                once.push(number);
            }
        }
        let debate = Debate {
            candidates: &candidates,
            once: &once,
        };
        for number in 0..candidates.len() {
            debate.fires(number);
        }
        candidates
    }

    /// Every place of the form, in the order of the report: of rows, all of one row before the next.
    pub(crate) fn places(&self) -> Vec<At> {
        let mut places = Vec::with_capacity(QUESTIONS.len());
        for section in self.form.sections {
            let mut rest = section.questions;
            while let Some(first) = rest.first() {
                let group = first.question.row().group;
                let Some(group) = group else {
                    places.push(At::once(first.question));
                    rest = rest.get(1..).unwrap_or_default();
                    continue;
                };
                let of_group = |placement: &Placement| placement.question.row().group == Some(group);
                let end = rest
                    .iter()
                    .position(|placement| !of_group(placement))
                    .unwrap_or(rest.len());
                let (run, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
                for row in 0..self.row_count(group) {
                    for placement in run {
                        places.push(At::in_row(placement.question, row));
                    }
                }
                rest = after;
            }
        }
        places
    }

    /// True when a finding of the whole form is one of those asked about: its question is, and the rule needed nothing
    /// else that is still to be answered. So what is told of a part is never more than what is told of the whole.
    pub(crate) fn is_told(&self, rule: RuleId, at: At, only: &Only) -> bool {
        self.is_judged(at, only) && rule.row().reads.iter().all(|read| self.can_read(*read, at, only))
    }

    fn is_judged(&self, at: At, only: &Only) -> bool {
        let index = || {
            let (group, row) = at.question().row().group.zip(at.row())?;
            Some(self.row_index(group, row))
        };
        self.is_open(at) && (only.contains(&(at.question(), None)) || only.contains(&(at.question(), index())))
    }

    /// A rule runs only if every question that it reads is judged, or answered, or does not apply. Onboarding.md 5.
    fn can_read(&self, question: Question, from: At, only: &Only) -> bool {
        match question.row().group {
            Some(group) if from.row().is_none() || from.question().row().group != Some(group) => {
                // A list is read as a whole: what is in it is its answer.
                !self.applies(At::once(question))
                    || self.has_rows(group)
                    || self.everywhere(question).iter().any(|at| self.is_judged(*at, only))
            }
            _ => {
                let at = from.beside(question);
                self.is_judged(at, only) || !self.value(at).is_blank() || !self.applies(at)
            }
        }
    }

    fn candidates(&self, places: &[At]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for at in places.iter().copied() {
            // A rule speaks of an answer, or of one that is missing where there must be one. Onboarding.md 5.
            if !self.is_open(at) || (self.value(at).is_blank() && !self.is_required(at)) {
                continue;
            }
            let mut codes_judged = false;
            for rule in at.question().row().rules.iter() {
                let row = rule.row();
                if row.forms & self.form_bit == 0 {
                    continue;
                }
                if row.trigger_is(Room::Ods) {
                    // All ODS rules of a question come from one judgement of its text.
                    if !codes_judged {
                        codes_judged = true;
                        self.judge_code(at, &mut candidates);
                    }
                } else if let Some(said) = self.tried(*rule, at) {
                    self.raise(&mut candidates, at, *rule, said, None);
                }
            }
            any_question::judge(self, at, &mut |rule, said| {
                self.raise(&mut candidates, at, rule, said, None);
            });
        }
        candidates
    }

    /// Adds what a rule says, unless the rule is off, or reads what the page does not ask.
    #[inline(never)]
    fn raise(&self, candidates: &mut Vec<Candidate>, at: At, rule: RuleId, said: Said, suggestion: Option<String>) {
        let row = rule.row();
        let Some(severity) = self.context.changes.severity(rule) else {
            return;
        };
        if row.forms & self.form_bit != 0 && row.reads.iter().all(|read| self.is_asked_anywhere(*read)) {
            candidates.push(Candidate {
                at,
                rule,
                severity,
                said,
                suggestion,
                standing: Cell::new(Standing::Untried),
            });
        }
    }

    fn tried(&self, rule: RuleId, at: At) -> Option<Said> {
        let value = self.value(at);
        let fires = match &rule.row().trigger {
            Trigger::Blank => self.is_required(at) && value.is_blank(),
            Trigger::BlankOrUnreadable => self.is_required(at) && (value.is_blank() || value.is_unreadable()),
            Trigger::NotYes => self.is_required(at) && !value.says(true),
            Trigger::Unreadable => value.is_unreadable(),
            Trigger::NotInItsFormat => match value {
                Value::Text(text) => !identifier::fits(at.question().row(), text),
                Value::List(cell) => any_piece(cell, &mut |piece| !identifier::fits(at.question().row(), piece)),
                _ => false,
            },
            Trigger::NotARealDate => matches!(value, Value::NotReal(_)),
            Trigger::If(condition) => !value.is_blank() && self.holds(condition, at),
            Trigger::InCode(Room::Dspt) => return crate::dspt::rules::fires(rule, self, at),
            Trigger::InCode(room) => self.decided_in(*room, rule, at),
        };
        fires.then(Vec::new)
    }

    /// The rooms stay functions of their own, so that a browser compiles those that a form comes to and no others.
    fn decided_in(&self, room: Room, rule: RuleId, at: At) -> bool {
        match room {
            Room::Journey => crate::journey::fires(rule, self),
            Room::Organisation => crate::organisation::fires(rule, self, at),
            Room::Contacts => crate::contacts::fires(rule, self),
            Room::Pds => crate::pds::fires(rule, self, at),
            Room::Legal => crate::legal::fires(rule, self, at),
            Room::Scr => crate::scr::fires(rule, self, at),
            Room::Access => crate::access::fires(rule, self, at),
            Room::Ra => crate::ra::fires(rule, self, at),
            Room::Supplier => crate::supplier::fires(rule, self),
            Room::Declaration => crate::declaration::fires(rule, self, at),
            Room::Guards => guard::fires(rule, self, at),
            // These say more than that they fire, or are judged as a whole.
            Room::Dspt | Room::Ods | Room::ReasonableAdjustments | Room::AnyQuestion => false,
        }
    }

    /// The rules `ODS-*` on one code. What is said of the parent's code comes from the judgement of the own one.
    fn judge_code(&self, at: At, candidates: &mut Vec<Candidate>) {
        let Some(judgement) = crate::codes::judge(self, at) else {
            return;
        };
        for raised in judgement.raised {
            let rule = raised.rule;
            if !rule.row().questions.contains(&at.question()) {
                continue;
            }
            let suggestion = if crate::codes::suggests(rule) {
                judgement.suggestion.clone()
            } else {
                None
            };
            self.raise(candidates, at, rule, raised.params(), suggestion);
        }
    }
}

impl crate::tables::RuleRow {
    fn trigger_is(&self, room: Room) -> bool {
        matches!(self.trigger, Trigger::InCode(decided) if decided == room)
    }
}

/// Which candidates keep the word.
struct Debate<'a> {
    candidates: &'a [Candidate],
    /// The places of those that are not about a row, in the list of all. Rows may be many, these are few.
    once: &'a [usize],
}

impl Debate<'_> {
    /// True when a candidate keeps the word.
    fn fires(&self, number: usize) -> bool {
        let Some(candidate) = self.candidates.get(number) else {
            return false;
        };
        if candidate.standing.get() == Standing::Untried {
            // Said first, so that two rules that leave the word to each other end: neither does to the other.
            candidate.standing.set(Standing::Fires);
            for skip in candidate.rule.row().skipped_if.iter() {
                if self.is_taken(number, candidate, *skip) {
                    candidate.standing.set(Standing::StepsBack);
                    break;
                }
            }
        }
        candidate.fires()
    }

    fn is_taken(&self, number: usize, candidate: &Candidate, skip: Skip) -> bool {
        let at = candidate.at;
        match skip {
            Skip::AnyOdsError => self.any_fires(number, &|other| {
                other.at == at && other.severity == Severity::Error && other.rule.row().trigger_is(Room::Ods)
            }),
            Skip::EveryOtherError => self.any_fires(number, &|other| {
                other.at == at
                    && other.severity == Severity::Error
                    && !other.rule.row().skipped_if.contains(&Skip::EveryOtherError)
            }),
            Skip::Rule(rule) => {
                let questions = &rule.row().questions;
                if questions.contains(&at.question()) || questions.is_empty() {
                    self.any_fires(number, &|other| other.at == at && other.rule == rule)
                } else if at.row().is_some() && questions.iter().any(|other| other.row().group.is_some()) {
                    self.any_fires(number, &|other| is_same_row(other.at, at) && other.rule == rule)
                } else {
                    self.any_once_fires(rule)
                }
            }
        }
    }

    /// True when one of the candidates of the same row, or of the same question, that fits fires. They stand together.
    fn any_fires(&self, number: usize, fits: &dyn Fn(&Candidate) -> bool) -> bool {
        let candidates = self.candidates;
        let Some(at) = candidates.get(number).map(|candidate| candidate.at) else {
            return false;
        };
        let mut first = number;
        while let Some(before) = first.checked_sub(1)
            && candidates.get(before).is_some_and(|other| is_same_row(other.at, at))
        {
            first = before;
        }
        while let Some(other) = candidates.get(first)
            && is_same_row(other.at, at)
        {
            if first != number && fits(other) && self.fires(first) {
                return true;
            }
            first += 1;
        }
        false
    }

    /// True when a rule fires on a question that stands once.
    fn any_once_fires(&self, rule: RuleId) -> bool {
        for number in self.once {
            let is_it = self.candidates.get(*number).is_some_and(|other| other.rule == rule);
            if is_it && self.fires(*number) {
                return true;
            }
        }
        false
    }
}

/// True for places of one row, and for a question that stands once with itself.
fn is_same_row(one: At, other: At) -> bool {
    match one.row() {
        Some(_) => one.row() == other.row() && one.question().row().group == other.question().row().group,
        None => one == other,
    }
}

/// The parts of a date to mend: all, unless it is known which cannot be right.
pub(crate) fn date_parts(value: &Value<'_>) -> Vec<DatePart> {
    match value {
        Value::NotReal(not_real) => not_real.parts(),
        _ => vec![DatePart::Day, DatePart::Month, DatePart::Year],
    }
}

/// True when the rule is one of those that speak of a missing answer without a trigger that says so.
pub(crate) fn speaks_of_missing(rule: RuleId) -> bool {
    matches!(
        rule.row().trigger,
        Trigger::Blank | Trigger::BlankOrUnreadable | Trigger::NotYes
    ) || [
        rule::PDS_013,
        rule::PDS_014,
        rule::ACC_008,
        rule::ACC_009,
        rule::DSPT_060,
        rule::DSPT_061,
        rule::DSPT_062,
    ]
    .contains(&rule)
}
