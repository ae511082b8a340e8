//! Which field is which in this form? A name of the host's is a question of ours where the form has it, else a field of its own.

use super::spec::{Fields, Spec};
use crate::fault::Fault;
use crate::tables::{FormRow, Kind, QUESTIONS, Question};

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
///
/// Several keys may speak of one subject: the same field, for all rows and for single ones. They stand together in the order
/// of names, and its number is the place of the first.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) kind: Kind,
    /// The question of ours that it is.
    pub(crate) question: Option<Question>,
    pub(crate) subject: usize,
    /// For a field of the host's own that stands in rows: the list, and its place among the fields of a row.
    pub(crate) list: Option<(usize, usize)>,
    pub(crate) target: Option<Target>,
}

/// The fields of the host in one form.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    fields: &'a Fields,
    /// See [`Plan::entries`].
    entries: Vec<Entry<'a>>,
    /// See [`Plan::lists`].
    lists: Vec<List<'a>>,
    /// By the number of the question; empty when the host says nothing of ours.
    questions: Vec<Option<usize>>,
    /// See [`Plan::has_own`].
    has_own: bool,
    /// See [`Plan::conditions_on_questions`].
    conditions_on_questions: usize,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(form: &'static FormRow, fields: &'a Fields) -> Result<Self, Fault> {
        let mut plan = Self {
            fields,
            entries: Vec::new(),
            lists: Vec::new(),
            questions: Vec::new(),
            has_own: false,
            conditions_on_questions: 0,
        };
        for spec in fields.specs() {
            let question = spec.question.filter(|question| form.has(*question));
            plan.has_own |= question.is_none();
            plan.entries.push(Entry {
                spec,
                kind: spec.judged(question, form.id)?,
                question,
                subject: 0,
                list: None,
                target: None,
            });
        }
        let (mut name, mut subject, mut list) = ("", 0, None);
        for (place, number) in fields.order().iter().enumerate() {
            let Some(entry) = plan.entries.get_mut(*number) else {
                continue;
            };
            let spec = entry.spec;
            if spec.name.general != name {
                (name, subject, list) = (&spec.name.general, place, None);
                match entry.question {
                    None => list = spec.name.list().map(|name| place_in(&mut plan.lists, name)),
                    Some(question) => {
                        plan.questions.resize(QUESTIONS.len(), None);
                        if let Some(known) = plan.questions.get_mut(usize::from(question.0)) {
                            *known = Some(subject);
                        }
                    }
                }
            }
            (entry.subject, entry.list) = (subject, list);
            if entry.question.is_some() && spec.waits_for.is_some() {
                plan.conditions_on_questions += 1;
            }
        }
        for (number, spec) in fields.specs().iter().enumerate() {
            let target = plan.target(spec, form)?;
            if let Some(entry) = plan.entries.get_mut(number) {
                entry.target = target;
            }
        }
        plan.refuse_circles()?;
        Ok(plan)
    }

    /// What is said of each field, in the order of the host.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        if super::IS_READ { &self.entries } else { &[] }
    }

    /// The lists of rows in which fields of the host's own stand.
    pub(crate) fn lists(&self) -> &[List<'a>] {
        if super::IS_READ { &self.lists } else { &[] }
    }

    /// True when there are fields of the host's own.
    pub(crate) fn has_own(&self) -> bool {
        super::IS_READ && self.has_own
    }

    /// How many questions of ours are asked under a condition of the host.
    pub(crate) fn conditions_on_questions(&self) -> usize {
        if super::IS_READ {
            self.conditions_on_questions
        } else {
            0
        }
    }

    /// What the condition of a spec reads.
    fn target(&self, spec: &Spec, form: &'static FormRow) -> Result<Option<Target>, Fault> {
        let Some(field) = &spec.waits_for else {
            return Ok(None);
        };
        let mut target = None;
        match self.named(&field.general) {
            Some(at) => {
                // One row that no key speaks of is no field.
                let row = field.index.or(spec.name.index);
                if row.is_none() || self.question(at).is_some() || self.entry(at, row).is_some() {
                    target = Some(Target::Subject(at));
                }
            }
            None => {
                if let Some(question) = Question::named(&field.general)
                    && form.has(question)
                    && question.row().group.is_some() == field.list().is_some()
                {
                    target = Some(Target::Question(question));
                }
            }
        }
        let found = spec.said.at("when").and_then(|when| when.get("field"));
        let (key, found) = (spec.said.name.as_str(), found.unwrap_or_default());
        if target.is_none() {
            let sentence = "options.fields[\"%\"].when.field: expected a question of % or another field, found \"%\"";
            return Err(Fault::of(sentence, &[key, form.id, found]));
        }
        if field.list().is_some() && field.index.is_none() && field.list() != spec.name.list() {
            let sentence =
                "options.fields[\"%\"].when.field: expected one row, or a field of the same row, found \"%\"";
            return Err(Fault::of(sentence, &[key, found]));
        }
        Ok(target)
    }

    /// The first entry of a subject.
    #[inline(never)]
    pub(crate) fn first(&self, subject: usize) -> Option<&Entry<'a>> {
        self.entries().get(*self.fields.order().get(subject)?)
    }

    /// The question of ours that a subject is.
    pub(crate) fn question(&self, subject: usize) -> Option<Question> {
        self.first(subject)?.question
    }

    /// The list in whose rows a field of the host's own stands, and its place in a row.
    pub(crate) fn list(&self, subject: usize) -> Option<(usize, usize)> {
        self.first(subject)?.list
    }

    /// The subject of a name, rows written as `[]`.
    pub(crate) fn named(&self, general: &str) -> Option<usize> {
        let entry = self.first(self.fields.from(general))?;
        (entry.spec.name.general == general).then_some(entry.subject)
    }

    /// True when the name of a field of the host's own begins so.
    pub(crate) fn any_own_begins(&self, with: &str) -> bool {
        let mut place = self.fields.from(with);
        while let Some(entry) = self.first(place)
            && entry.spec.name.general.starts_with(with)
        {
            if entry.question.is_none() {
                return true;
            }
            place += 1;
        }
        false
    }

    /// What is said of a subject at a row: by the key of that row, else by the key for all.
    #[inline(never)]
    pub(crate) fn entry(&self, subject: usize, index: Option<u16>) -> Option<&Entry<'a>> {
        self.key(subject, index).or_else(|| self.key(subject, None))
    }

    /// What the key of one row says, or that for all.
    #[inline(never)]
    pub(crate) fn key(&self, subject: usize, index: Option<u16>) -> Option<&Entry<'a>> {
        let (mut from, mut to) = (subject, self.entries().len());
        while from < to {
            let middle = (from + to) / 2;
            let entry = self.first(middle)?;
            if entry.subject == subject && entry.spec.name.index < index {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        self.first(from)
            .filter(|entry| entry.subject == subject && entry.spec.name.index == index)
    }

    /// What is said of a question of ours at a row.
    pub(crate) fn of(&self, question: Question, index: Option<u16>) -> Option<&'a Spec> {
        if self.entries().is_empty() {
            return None;
        }
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
        for entry in self.entries() {
            let mut waiting = (entry.subject, entry.spec.name.index);
            let (mut at, mut steps, mut most) = (waiting, 0, 1);
            while let Some(next) = self.next(at) {
                if next == waiting {
                    let sentence =
                        "options.fields[\"%\"].when: expected a field that does not wait for itself, found a circle";
                    return Err(Fault::of(sentence, &[&entry.spec.said.name]));
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

/// The place of a list, and the next place among the fields of its rows.
///
/// Names of one list need not follow each other: `a[].x`, `a[b].c`, `a[].y` may stand in that order.
fn place_in<'a>(lists: &mut Vec<List<'a>>, name: &'a str) -> (usize, usize) {
    for (at, list) in lists.iter_mut().enumerate() {
        if list.name == name {
            list.size += 1;
            return (at, list.size - 1);
        }
    }
    lists.push(List { name, size: 1 });
    (lists.len() - 1, 0)
}
