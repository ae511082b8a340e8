//! Which rules fire? Every rule is tried on every question it names; then those that leave the word to another step back.
//!
//! What is left is in the order of the report; `report.rs` gives it words, `validated.rs` the form that the validator
//! crate has for it.

use std::collections::BinaryHeap;

use super::checking::{At, Checking};
use super::value::Value;
use crate::finding::{DatePart, Param, Severity};
use crate::tables::{Question, Room, RuleId, Skip, Trigger, rule};
use crate::{any_question, guard, identifier};

/// The params of a finding, for one rule that speaks. Sorted by name.
pub(crate) type Said = Vec<(&'static str, Param)>;

/// The questions to judge, and of a question of rows one row where it is named. Sorted, so that many rows cost no more each.
#[derive(Debug, Clone)]
pub(crate) struct Only(Vec<(Question, Option<u16>)>);

impl Only {
    pub(crate) fn new(named: Vec<(Question, Option<u16>)>) -> Self {
        Self(BinaryHeap::from(named).into_sorted_vec())
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
}

impl Checking<'_> {
    /// What is said, in question order, then rule order.
    pub(crate) fn said(&self, places: &[At]) -> Vec<Candidate> {
        let candidates = self.candidates(places);
        let mut standing = Standing::new(&candidates);
        for number in 0..candidates.len() {
            standing.fires(number);
        }
        let mut known = standing.known.into_iter();
        let mut said = candidates;
        said.retain(|_| known.next() == Some(Some(true)));
        said
    }

    /// Every place of the form, in the order of the report: of rows, all of one row before the next.
    pub(crate) fn places(&self) -> Vec<At> {
        let mut places = Vec::new();
        for section in self.form.sections {
            let questions: Vec<Question> = section.questions.iter().map(|placement| placement.question).collect();
            for run in questions.chunk_by(|a, b| a.row().group.is_some() && a.row().group == b.row().group) {
                match run.first().and_then(|question| question.row().group) {
                    None => places.extend(run.iter().map(|question| At::once(*question))),
                    Some(group) => {
                        for row in 0..self.row_count(group) {
                            places.extend(run.iter().map(|question| At {
                                question: *question,
                                row: Some(row),
                            }));
                        }
                    }
                }
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
            let (group, row) = at.question.row().group.zip(at.row)?;
            Some(self.row_index(group, row))
        };
        self.is_open(at) && (only.contains(&(at.question, None)) || only.contains(&(at.question, index())))
    }

    /// A rule runs only if every question that it reads is judged, or answered, or does not apply. Onboarding.md 5.
    fn can_read(&self, question: Question, from: At, only: &Only) -> bool {
        match question.row().group {
            Some(group) if from.row.is_none() || from.question.row().group != Some(group) => {
                // A list is read as a whole: what is in it is its answer.
                !self.applies(At::once(question))
                    || self.has_rows(group)
                    || self.everywhere(question).any(|at| self.is_judged(at, only))
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
            let any = any_question::rules_for(self.value(at));
            for rule in at.question.row().rules.iter().chain(any) {
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
                    continue;
                }
                let Some(severity) = self.context.changes.severity(*rule) else {
                    continue;
                };
                if let Some(said) = self.tried(*rule, at)
                    && row.reads.iter().all(|read| self.is_asked_anywhere(*read))
                {
                    candidates.push(Candidate {
                        at,
                        rule: *rule,
                        severity,
                        said,
                        suggestion: None,
                    });
                }
            }
        }
        candidates
    }

    fn tried(&self, rule: RuleId, at: At) -> Option<Said> {
        let value = self.value(at);
        let fires = match &rule.row().trigger {
            Trigger::Blank => self.is_required(at) && value.is_blank(),
            Trigger::BlankOrUnreadable => self.is_required(at) && (value.is_blank() || value.is_unreadable()),
            Trigger::NotYes => self.is_required(at) && *value != Value::YesNo(true),
            Trigger::Unreadable => value.is_unreadable(),
            Trigger::NotInItsFormat => match value {
                Value::Text(text) => !identifier::fits(at.question.row(), text),
                Value::List(pieces) => pieces.iter().any(|piece| !identifier::fits(at.question.row(), piece)),
                _ => false,
            },
            Trigger::NotARealDate => matches!(value, Value::NotReal(_)),
            Trigger::If(condition) => !value.is_blank() && self.holds(condition, at.row),
            Trigger::InCode(room) => return self.decided_in(*room, rule, at),
        };
        fires.then(Vec::new)
    }

    /// The rooms stay functions of their own, so that a browser compiles those that a form comes to and no others.
    fn decided_in(&self, room: Room, rule: RuleId, at: At) -> Option<Said> {
        match room {
            Room::Journey => crate::journey::fires(rule, self),
            Room::Organisation => crate::organisation::fires(rule, self, at),
            Room::Contacts => crate::contacts::fires(rule, self),
            Room::Pds => crate::pds::fires(rule, self, at),
            Room::Legal => crate::legal::fires(rule, self, at),
            Room::Dspt => crate::dspt::rules::fires(rule, self, at),
            Room::Scr => crate::scr::fires(rule, self, at),
            Room::Access => crate::access::fires(rule, self, at),
            Room::Ra => crate::ra::fires(rule, self, at),
            Room::Supplier => crate::supplier::fires(rule, self),
            Room::Declaration => crate::declaration::fires(rule, self, at),
            Room::Guards => guard::fires(rule, self, at),
            Room::AnyQuestion => any_question::fires(rule, self, at),
            Room::Ods | Room::ReasonableAdjustments => None,
        }
    }

    /// The rules `ODS-*` on one code. What is said of the parent's code comes from the judgement of the own one.
    fn judge_code(&self, at: At, candidates: &mut Vec<Candidate>) {
        let Some(judgement) = crate::codes::judge(self, at) else {
            return;
        };
        for raised in judgement.raised {
            let row = raised.rule.row();
            if row.forms & self.form_bit == 0 || !row.questions.contains(&at.question) {
                continue;
            }
            let Some(severity) = self.context.changes.severity(raised.rule) else {
                continue;
            };
            if row.reads.iter().all(|read| self.is_asked_anywhere(*read)) {
                candidates.push(Candidate {
                    at,
                    rule: raised.rule,
                    severity,
                    said: raised.params,
                    suggestion: judgement
                        .suggestion
                        .clone()
                        .filter(|_| crate::codes::suggests(raised.rule)),
                });
            }
        }
    }
}

impl crate::tables::RuleRow {
    fn trigger_is(&self, room: Room) -> bool {
        matches!(self.trigger, Trigger::InCode(decided) if decided == room)
    }
}

/// Which candidates keep the word.
struct Standing<'a> {
    candidates: &'a [Candidate],
    /// The places of candidates that are not about a row, in the list of all.
    once: Vec<usize>,
    known: Vec<Option<bool>>,
}

impl<'a> Standing<'a> {
    fn new(candidates: &'a [Candidate]) -> Self {
        let once = candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| candidate.at.row.is_none());
        Self {
            once: once.map(|(number, _)| number).collect(),
            candidates,
            known: vec![None; candidates.len()],
        }
    }

    fn fires(&mut self, number: usize) -> bool {
        let Some(candidate) = self.candidates.get(number) else {
            return false;
        };
        if let Some(Some(known)) = self.known.get(number) {
            return *known;
        }
        // Said first, so that two rules that leave the word to each other end: neither does to the other.
        self.set(number, true);
        let skipped = candidate
            .rule
            .row()
            .skipped_if
            .iter()
            .any(|skip| self.is_taken(number, candidate, *skip));
        self.set(number, !skipped);
        !skipped
    }

    fn set(&mut self, number: usize, fires: bool) {
        if let Some(known) = self.known.get_mut(number) {
            *known = Some(fires);
        }
    }

    fn is_taken(&mut self, number: usize, candidate: &Candidate, skip: Skip) -> bool {
        let at = candidate.at;
        match skip {
            Skip::AnyOdsError => self.any_beside(number, |other| {
                other.at == at && other.severity == Severity::Error && other.rule.row().trigger_is(Room::Ods)
            }),
            Skip::EveryOtherError => self.any_beside(number, |other| {
                other.at == at
                    && other.severity == Severity::Error
                    && !other.rule.row().skipped_if.contains(&Skip::EveryOtherError)
            }),
            Skip::Rule(rule) if rule.row().questions.contains(&at.question) || rule.row().questions.is_empty() => {
                self.any_beside(number, |other| other.at == at && other.rule == rule)
            }
            Skip::Rule(rule)
                if at.row.is_some() && rule.row().questions.iter().any(|other| other.row().group.is_some()) =>
            {
                self.any_beside(number, |other| other.at.row == at.row && other.rule == rule)
            }
            Skip::Rule(rule) => {
                let of_rule = |number: &&usize| self.candidates.get(**number).is_some_and(|other| other.rule == rule);
                let places: Vec<usize> = self.once.iter().filter(of_rule).copied().collect();
                places.into_iter().any(|place| self.fires(place))
            }
        }
    }

    /// True when one of the candidates of the same row, or of the same question, that fits fires. They stand together.
    fn any_beside(&mut self, number: usize, fits: impl Fn(&Candidate) -> bool) -> bool {
        let Some(own) = self.candidates.get(number).map(|candidate| candidate.at) else {
            return false;
        };
        let near = |candidate: &Candidate| match own.row {
            Some(_) => candidate.at.row == own.row && candidate.at.question.row().group == own.question.row().group,
            None => candidate.at == own,
        };
        let before = self
            .candidates
            .iter()
            .take(number)
            .rev()
            .take_while(|other| near(other))
            .count();
        let after = self
            .candidates
            .iter()
            .skip(number)
            .take_while(|other| near(other))
            .count();
        (number - before..number + after)
            .filter(|other| *other != number)
            .any(|other| self.candidates.get(other).is_some_and(&fits) && self.fires(other))
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
