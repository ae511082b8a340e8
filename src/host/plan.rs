//! Which field is which in this form? A name of the host's is a question of ours where the form has it, else a field of its own.

use super::name::Name;
use super::spec::{Fields, Spec, place};
use crate::fault::Fault;
use crate::tables::{FormRow, Kind, QUESTIONS, Question};
use crate::text::concat;

/// What one or more keys speak of: the same field, for all rows and for single ones.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) name: &'a Name,
    /// The question of ours that it is.
    pub(crate) question: Option<Question>,
    /// For a field of the host's own that stands in rows: the list, and its place among the fields of a row.
    pub(crate) list: Option<(usize, usize)>,
    /// The spec for every row, or for a field that stands once.
    general: Option<usize>,
    /// Specs for single rows, by index.
    rows: Vec<(u16, usize)>,
}

/// The list of rows in which fields of the host's own stand.
#[derive(Debug)]
pub(crate) struct List<'a> {
    pub(crate) name: &'a str,
    /// How many fields each row has.
    pub(crate) size: usize,
}

/// What a condition reads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    Subject(usize),
    /// A question of which the host says nothing else.
    Question(Question),
}

/// What a host says of a field, in this form.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) kind: Kind,
    pub(crate) subject: usize,
    pub(crate) target: Option<Target>,
}

/// The fields of the host in one form.
#[derive(Debug, Default)]
pub(crate) struct Plan<'a> {
    /// In the order of the host.
    pub(crate) entries: Vec<Entry<'a>>,
    /// In the order of their names.
    pub(crate) subjects: Vec<Subject<'a>>,
    pub(crate) lists: Vec<List<'a>>,
    /// By the number of the question; empty when the host says nothing of ours.
    questions: Vec<Option<usize>>,
    /// True when there are fields of the host's own.
    pub(crate) has_own: bool,
    /// How many questions of ours are asked under a condition of the host.
    pub(crate) conditions_on_questions: usize,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(form: &'static FormRow, fields: &'a Fields) -> Result<Self, Fault> {
        let mut plan = Self::default();
        for spec in &fields.specs {
            let question = spec.question.filter(|question| has(form, *question));
            plan.entries.push(Entry {
                spec,
                kind: spec.judged(question, form.id)?,
                subject: 0,
                target: None,
            });
        }
        for number in &fields.order {
            plan.add(*number, form);
        }
        for (number, spec) in fields.specs.iter().enumerate() {
            let target = plan.target(spec, form)?;
            if let Some(entry) = plan.entries.get_mut(number) {
                entry.target = target;
            }
        }
        plan.refuse_circles()?;
        Ok(plan)
    }

    /// Puts the next spec, in the order of names, at its subject.
    fn add(&mut self, number: usize, form: &'static FormRow) {
        let Some(entry) = self.entries.get_mut(number) else {
            return;
        };
        let spec = entry.spec;
        if self
            .subjects
            .last()
            .is_none_or(|last| last.name.general != spec.name.general)
        {
            let question = spec.question.filter(|question| has(form, *question));
            let list = spec.name.list().filter(|_| question.is_none()).map(|name| {
                // Names of one list need not follow each other: `a[].x`, `a[b].c`, `a[].y` may stand in that order.
                let list = self.lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
                    self.lists.push(List { name, size: 0 });
                    self.lists.len() - 1
                });
                let size = self.lists.get_mut(list).map_or(0, |list| {
                    list.size += 1;
                    list.size
                });
                (list, size.saturating_sub(1))
            });
            match question {
                None => self.has_own = true,
                Some(question) => {
                    self.questions.resize(QUESTIONS.len(), None);
                    if let Some(place) = self.questions.get_mut(usize::from(question.0)) {
                        *place = Some(self.subjects.len());
                    }
                }
            }
            self.subjects.push(Subject {
                name: &spec.name,
                question,
                list,
                general: None,
                rows: Vec::new(),
            });
        }
        entry.subject = self.subjects.len() - 1;
        if let Some(subject) = self.subjects.last_mut() {
            match spec.name.index {
                None => subject.general = Some(number),
                Some(index) => subject.rows.push((index, number)),
            }
            if subject.question.is_some() && spec.waits_for.is_some() {
                self.conditions_on_questions += 1;
            }
        }
    }

    /// What the condition of a spec reads.
    fn target(&self, spec: &Spec, form: &'static FormRow) -> Result<Option<Target>, Fault> {
        let (Some(when), Some(field)) = (&spec.said.when, &spec.waits_for) else {
            return Ok(None);
        };
        let mut target = None;
        match self.named(&field.general) {
            Some(at) => {
                // One row that no key speaks of is no field.
                let row = field.index.or(spec.name.index);
                if row.is_none() || self.is_question(at) || self.entry(at, row).is_some() {
                    target = Some(Target::Subject(at));
                }
            }
            None => {
                if let Some(question) = Question::named(&field.general)
                    && has(form, question)
                    && question.row().group.is_some() == field.list().is_some()
                {
                    target = Some(Target::Question(question));
                }
            }
        }
        let wanted = if target.is_none() {
            concat(&["a question of ", form.id, " or another field"])
        } else if field.list().is_some() && field.index.is_none() && field.list() != spec.name.list() {
            "one row, or a field of the same row".to_owned()
        } else {
            return Ok(target);
        };
        Err(Fault::expected(&place(&spec.key, ".when.field"), &wanted, &when.field))
    }

    fn is_question(&self, subject: usize) -> bool {
        self.subjects
            .get(subject)
            .is_some_and(|subject| subject.question.is_some())
    }

    /// The subject of a name, rows written as `[]`.
    pub(crate) fn named(&self, general: &str) -> Option<usize> {
        self.subjects
            .binary_search_by(|subject| subject.name.general.as_str().cmp(general))
            .ok()
    }

    /// True when the name of a field of the host's own begins so.
    pub(crate) fn any_own_begins(&self, with: &str) -> bool {
        let at = self
            .subjects
            .partition_point(|subject| subject.name.general.as_str() < with);
        self.subjects
            .iter()
            .skip(at)
            .take_while(|subject| subject.name.general.starts_with(with))
            .any(|subject| subject.question.is_none())
    }

    /// What is said of a subject at a row: by the key of that row, else by the key for all.
    pub(crate) fn entry(&self, subject: usize, index: Option<u16>) -> Option<&Entry<'a>> {
        let subject = self.subjects.get(subject)?;
        let own = index.and_then(|index| subject.of_row(index));
        self.entries.get(own.or(subject.general)?)
    }

    /// What is said of a question of ours at a row.
    pub(crate) fn of(&self, question: Question, index: Option<u16>) -> Option<&'a Spec> {
        let subject = self.questions.get(usize::from(question.0)).copied().flatten()?;
        self.entry(subject, index).map(|entry| entry.spec)
    }

    /// The field and the row that a condition reads, from a row.
    fn read_by(&self, entry: &Entry<'a>, index: Option<u16>) -> Option<(Target, Option<u16>)> {
        let field = entry.spec.waits_for.as_ref()?;
        let row = field.list().and(field.index.or(index));
        Some((entry.target?, row))
    }

    /// The next field in a chain of conditions.
    fn next(&self, (subject, index): (usize, Option<u16>)) -> Option<(usize, Option<u16>)> {
        match self.read_by(self.entry(subject, index)?, index)? {
            (Target::Subject(subject), index) => Some((subject, index)),
            (Target::Question(_), _) => None,
        }
    }

    /// A condition that waits for itself would never hold. Every chain is followed, one pointer standing still at longer
    /// and longer distances until the other meets it or the chain ends.
    ///
    /// A key for all rows is followed without a row: where a circle goes through a key of one row, it is met from there.
    fn refuse_circles(&self) -> Result<(), Fault> {
        for entry in &self.entries {
            let mut waiting = (entry.subject, entry.spec.name.index);
            let (mut at, mut steps, mut most) = (waiting, 0, 1);
            while let Some(next) = self.next(at) {
                if next == waiting {
                    let circle = ": expected a field that does not wait for itself, found a circle";
                    return Err(Fault::new(&[&place(&entry.spec.key, ".when"), circle]));
                }
                at = next;
                steps += 1;
                if steps == most {
                    (waiting, steps) = (at, 0);
                    most *= 2;
                }
            }
        }
        Ok(())
    }
}

/// True when the form has the question.
fn has(form: &'static FormRow, question: Question) -> bool {
    for section in form.sections {
        for placement in section.questions {
            if placement.question == question {
                return true;
            }
        }
    }
    false
}

impl Subject<'_> {
    /// The entry for one row alone.
    pub(crate) fn of_row(&self, index: u16) -> Option<usize> {
        let at = self.rows.binary_search_by_key(&index, |(row, _)| *row).ok()?;
        self.rows.get(at).map(|(_, entry)| *entry)
    }
}
