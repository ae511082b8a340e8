//! What was answered in the host's own fields? Their names are taken out of the answers before ours are.

use super::name::Name;
use super::plan::Plan;
use crate::answers::Stands;
use crate::form::submission::{Cell, Part, part_named, without_item};
use crate::tables::Kind;
use crate::text::{concat, cut, cut_last};

/// A row of a list, as the page has it: also one in which nothing is written.
#[derive(Debug)]
struct Row<'a> {
    index: u16,
    cells: Vec<Cell<'a>>,
}

#[derive(Debug, Default)]
struct Rows<'a> {
    /// Where the row of an index stands.
    places: Vec<Option<usize>>,
    rows: Vec<Row<'a>>,
}

/// The fields of the host in one form, with what was answered.
#[derive(Debug)]
pub(crate) struct Host<'a> {
    pub(crate) plan: &'a Plan<'a>,
    /// By the number of the subject; blank for questions of ours and for fields of rows.
    cells: Vec<Cell<'a>>,
    lists: Vec<Rows<'a>>,
}

static BLANK: Cell<'static> = Cell::Blank;

/// A field of the host's own, and for one of rows the index.
type Place = (usize, Option<u16>);

impl<'a> Host<'a> {
    pub(crate) fn new(plan: &'a Plan<'a>) -> Self {
        let own = if plan.has_own { plan.subjects.len() } else { 0 };
        Self {
            plan,
            cells: vec![Cell::Blank; own],
            lists: plan.lists.iter().map(|_| Rows::default()).collect(),
        }
    }

    /// What stands at a field of the host's own.
    pub(crate) fn cell(&self, subject: usize, index: Option<u16>) -> &Cell<'a> {
        let list = self.plan.subjects.get(subject).and_then(|subject| subject.list);
        let cell = match (list, index) {
            (Some((list, place)), Some(index)) => self.row(list, index).and_then(|row| row.cells.get(place)),
            _ => self.cells.get(subject),
        };
        cell.unwrap_or(&BLANK)
    }

    fn row(&self, list: usize, index: u16) -> Option<&Row<'a>> {
        let rows = self.lists.get(list)?;
        let at = rows.places.get(usize::from(index)).copied().flatten()?;
        rows.rows.get(at)
    }

    /// The index of every row that came, and whether something is written in it.
    pub(crate) fn rows(&self, list: usize) -> impl Iterator<Item = (u16, bool)> {
        let rows = self.lists.get(list);
        rows.into_iter().flat_map(|rows| &rows.rows).map(|row| {
            let written = row.cells.iter().any(|cell| !cell.is_blank());
            (row.index, written)
        })
    }

    /// True when something is written in a row.
    pub(crate) fn has_written(&self, list: usize, index: u16) -> bool {
        self.row(list, index)
            .is_some_and(|row| row.cells.iter().any(|cell| !cell.is_blank()))
    }

    /// Takes an answer to a field of the host's own; false when it is none.
    pub(crate) fn take(&mut self, name: &str, text: &'a str, nested: bool) -> bool {
        if !self.plan.has_own {
            return false;
        }
        if let Some(place) = self.resolve(name) {
            return self.with_cell(place, |cell| cell.add(text));
        }
        let item_of = without_item(name);
        if let Some(place) = item_of.and_then(|base| self.resolve(base))
            && (nested || self.kind(place) == Some(Kind::Choices))
        {
            return self.with_cell(place, |cell| cell.add(text));
        }
        match self
            .date_part(name)
            .or_else(|| self.date_part(item_of.filter(|_| nested)?))
        {
            Some((place, part)) => self.with_cell(place, |cell| cell.add_part(part, text)),
            None => false,
        }
    }

    /// Takes an empty list or object, where the host's own fields may have one; false elsewhere.
    pub(crate) fn take_empty(&mut self, name: &str, stands: Stands<'_>, nested: bool) -> bool {
        if !self.plan.has_own {
            return false;
        }
        let place = self.resolve(name);
        match stands {
            Stands::EmptyList => {
                place
                    .or(self.date_part(name).map(|(place, _)| place))
                    .is_some_and(|place| self.with_cell(place, |_| ()))
                    || (nested && self.plan.lists.iter().any(|list| list.name == name))
            }
            Stands::EmptyObject => match place {
                Some(place) => self.kind(place) == Some(Kind::Date) && self.with_cell(place, |_| ()),
                None => {
                    self.take_empty_row(name)
                        || (self.leads_on(name) && !self.plan.lists.iter().any(|list| list.name == name))
                }
            },
            Stands::Text(_) | Stands::Misfit => false,
        }
    }

    /// `sites[0]` with nothing in it is a row all the same.
    fn take_empty_row(&mut self, name: &str) -> bool {
        let Some((list, index)) = name
            .strip_suffix(']')
            .and_then(|name| cut(name, b'['))
            .and_then(|(list, index)| Some((list, crate::form::submission::row_index(index)?)))
        else {
            return false;
        };
        let known = self.plan.lists.iter().position(|known| known.name == list);
        known.is_some_and(|list| self.row_mut(list, index).is_some())
    }

    /// A field in a shape that cannot be an answer is blank. False when the path is none, or goes into a date.
    pub(crate) fn misshape(&mut self, path: &str) -> bool {
        match self.resolve(path) {
            Some(place) if self.plan.has_own => self.with_cell(place, |cell| *cell = Cell::Misshapen),
            _ => false,
        }
    }

    /// True when the path is a date, which is an object of parts.
    pub(crate) fn is_date(&self, path: &str) -> bool {
        self.plan.has_own
            && self
                .resolve(path)
                .is_some_and(|place| self.kind(place) == Some(Kind::Date))
    }

    /// True when some field of the host's own stands below this path.
    pub(crate) fn leads_on(&self, path: &str) -> bool {
        if !self.plan.has_own {
            return false;
        }
        // `sites[3]` is `sites[]` in the names; `x` after it stands for whatever follows.
        let name = Name::read(&concat(&[path, ".x"])).general;
        let path = name.strip_suffix(".x").unwrap_or(path);
        self.plan.any_own_begins(&concat(&[path, "."])) || self.plan.any_own_begins(&concat(&[path, "[]."]))
    }

    /// The field that a name stands for.
    fn resolve(&self, name: &str) -> Option<Place> {
        let name = Name::read(name);
        let at = self.plan.named(&name.general)?;
        let subject = self.plan.subjects.get(at)?;
        let fits = subject.question.is_none()
            && subject.list.is_some() == name.index.is_some()
            && self.plan.entry(at, name.index).is_some();
        fits.then_some((at, name.index))
    }

    fn kind(&self, (subject, index): Place) -> Option<Kind> {
        self.plan.entry(subject, index).map(|entry| entry.kind)
    }

    /// The date that a name stands for a part of.
    fn date_part(&self, name: &str) -> Option<(Place, Part)> {
        let (base, part) = cut_last(name, b'.')?;
        let part = part_named(part)?;
        let place = self.resolve(base)?;
        (self.kind(place) == Some(Kind::Date)).then_some((place, part))
    }

    fn row_mut(&mut self, list: usize, index: u16) -> Option<&mut Row<'a>> {
        let size = self.plan.lists.get(list).map_or(0, |list| list.size);
        let rows = self.lists.get_mut(list)?;
        if rows.places.len() <= usize::from(index) {
            rows.places.resize(usize::from(index) + 1, None);
        }
        let place = rows.places.get_mut(usize::from(index))?;
        let at = *place.get_or_insert_with(|| {
            rows.rows.push(Row {
                index,
                cells: vec![Cell::Blank; size],
            });
            rows.rows.len() - 1
        });
        rows.rows.get_mut(at)
    }

    fn with_cell(&mut self, (subject, index): Place, change: impl FnOnce(&mut Cell<'a>)) -> bool {
        let list = self.plan.subjects.get(subject).and_then(|subject| subject.list);
        let cell = match (list, index) {
            (Some((list, place)), Some(index)) => self.row_mut(list, index).and_then(|row| row.cells.get_mut(place)),
            _ => self.cells.get_mut(subject),
        };
        cell.map(change).is_some()
    }
}
