//! Is what a host says of a field understood? Judged once, with the options; what needs the form waits for it.

use std::collections::BinaryHeap;

use super::field::Field;
use super::name::Name;
use crate::context::one_of;
use crate::entries::Entries;
use crate::fault::Fault;
use crate::form::value::option_text;
use crate::tables::{Kind, Question};
use crate::text::{concat, cut, is_blank, joined, number, to_usize};

/// The kinds that a host can choose from, as api.md names them.
const KINDS: &[(&str, Kind)] = &[
    ("ods-code", Kind::OdsCode),
    ("dspt-code", Kind::DsptCode),
    ("text", Kind::Text),
    ("long-text", Kind::LongText),
    ("email", Kind::Email),
    ("date", Kind::Date),
    ("postcode", Kind::Postcode),
    ("telephone", Kind::Telephone),
    ("ico-number", Kind::IcoNumber),
    ("whole-number", Kind::WholeNumber),
    ("choice", Kind::Choice),
    ("choices", Kind::Choices),
    ("yes-no", Kind::YesNo),
    ("confirm", Kind::Confirm),
    ("web-address", Kind::WebAddress),
    ("identifier", Kind::Identifier),
];

/// Where a date can be said to stand, as api.md names it.
const DAYS: &[(&str, MustBe)] = &[
    ("past", MustBe::Past),
    ("today-or-past", MustBe::TodayOrPast),
    ("today-or-future", MustBe::TodayOrFuture),
    ("future", MustBe::Future),
];

/// Where a date must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MustBe {
    Past,
    TodayOrPast,
    TodayOrFuture,
    Future,
}

/// What a host says of one field, understood as far as the form does not matter.
#[derive(Debug, Clone)]
pub(crate) struct Spec {
    pub(crate) key: String,
    pub(crate) name: Name,
    /// The question of ours that has this name, in whatever form.
    pub(crate) question: Option<Question>,
    kind: Option<Kind>,
    pub(crate) must_be: Option<MustBe>,
    /// The field that its condition reads.
    pub(crate) waits_for: Option<Name>,
    /// The rest, as the host wrote it.
    pub(crate) said: Field,
}

/// All that a host says of fields, in its order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    pub(crate) specs: Vec<Spec>,
    /// The places of the specs: by name, those of one name together, the one for all rows first, then by row.
    pub(crate) order: Vec<usize>,
}

impl Fields {
    #[inline(never)]
    pub(crate) fn read(fields: &Entries<Field>) -> Result<Self, Fault> {
        let mut specs = Vec::new();
        let mut keys = Vec::new();
        for (key, field) in fields.iter() {
            let spec = Spec::read(key, field)?;
            // Numbers of five digits stand in their order as texts do.
            let index = spec
                .name
                .index
                .map_or(String::new(), |index| number(100_000 + usize::from(index)));
            keys.push((concat(&[&spec.name.general, "\0", &index]), specs.len()));
            specs.push(spec);
        }
        let sorted = BinaryHeap::from(keys).into_sorted_vec();
        if let Some(twice) = sorted
            .windows(2)
            .find(|pair| matches!(pair, [(one, _), (other, _)] if one == other))
        {
            let key = twice
                .first()
                .and_then(|(_, number)| specs.get(*number))
                .map_or("", |spec: &Spec| &spec.key);
            return Err(Fault::new(&[
                "options.fields: expected each field once, found \"",
                key,
                "\" twice",
            ]));
        }
        Ok(Self {
            specs,
            order: sorted.into_iter().map(|(_, number)| number).collect(),
        })
    }

    /// True when a name is that of a field, of all its rows or of one.
    pub(crate) fn names(&self, name: &str) -> bool {
        if self.specs.is_empty() {
            return false;
        }
        let name = Name::read(name);
        let general = |number: &usize| self.specs.get(*number).map_or("", |spec| &spec.name.general);
        let at = self
            .order
            .partition_point(|number| general(number) < name.general.as_str());
        self.order.get(at).is_some_and(|number| general(number) == name.general)
    }

    /// True when the host may mean a field of its own by the name of this question: in a form that does not have it.
    pub(crate) fn may_own(&self, question: Question) -> bool {
        self.specs
            .iter()
            .any(|spec| spec.question == Some(question) && spec.kind.is_some())
    }
}

impl Spec {
    fn read(key: &str, field: &Field) -> Result<Self, Fault> {
        // U+0000 stands between the name and the row where keys are sorted.
        if is_blank(key) || cut(key, 0).is_some() {
            return Err(Fault::expected_some("options.fields", "a name for each field"));
        }
        judge(key, field)?;
        let name = Name::read(key);
        let question = Question::named(&name.general);
        Ok(Self {
            question: question.filter(|question| question.row().group.is_some() == name.list().is_some()),
            kind: named(key, ".kind", KINDS, &field.kind)?,
            must_be: named(key, ".mustBe", DAYS, &field.must_be)?,
            waits_for: field.when.as_ref().map(|when| Name::read(&when.field)),
            key: key.to_owned(),
            name,
            said: field.clone(),
        })
    }

    /// The kind of the answers in this form, or a fault: what the host says must make sense of it.
    pub(crate) fn judged(&self, question: Option<Question>, form: &str) -> Result<Kind, Fault> {
        let Some(kind) = question.map(|question| question.row().kind).or(self.kind) else {
            let kinds = joined(&names(KINDS), ", ");
            let wanted = concat(&["a kind (", &kinds, "), because ", form, " has no question of that name"]);
            return Err(Fault::expected_some(&place(&self.key, ""), &wanted));
        };
        let said = &self.said;
        let (what, expected) = if said.must_be.is_some() && kind != Kind::Date {
            ("mustBe", "a date")
        } else if said.min.is_some() && kind != Kind::WholeNumber {
            ("min", "a whole-number")
        } else if said.max.is_some() && kind != Kind::WholeNumber {
            ("max", "a whole-number")
        } else if said.exclusive.is_some() && kind != Kind::Choices {
            ("exclusive", "choices")
        } else if said.max_characters.is_some() && !is_text(kind) {
            ("maxCharacters", "a field in which a person writes a text")
        } else if said.options.is_some() && (question.is_some() || !matches!(kind, Kind::Choice | Kind::Choices)) {
            ("options", "a choice or choices of the host's own")
        } else {
            return Ok(kind);
        };
        let place = place(&self.key, ".");
        Err(Fault::new(&[
            &place,
            what,
            ": expected only on ",
            expected,
            ", found on another kind",
        ]))
    }

    /// True when the host has this option, or does not say which there are.
    pub(crate) fn has_option(&self, option: &str) -> bool {
        match &self.said.options {
            None => true,
            Some(options) => options.iter().any(|known| option_text(known) == option),
        }
    }
}

/// What can be wrong with a field in any form.
fn judge(key: &str, field: &Field) -> Result<(), Fault> {
    for (name, words) in [
        (".label", &field.label),
        (".exclusive", &field.exclusive),
        (".exclusiveLabel", &field.exclusive_label),
    ] {
        if words.as_ref().is_some_and(|words| is_blank(words)) {
            return Err(Fault::expected_some(&place(key, name), "words"));
        }
    }
    if field.max_characters == Some(0) {
        return Err(Fault::new(&[
            &place(key, ".maxCharacters"),
            ": expected 1 or more, found 0",
        ]));
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        let (min, max) = (number(to_usize(min)), number(to_usize(max)));
        return Err(Fault::new(&[
            &place(key, ".max"),
            ": expected ",
            &min,
            " or more, which is min, found ",
            &max,
        ]));
    }
    if field.options.iter().flatten().any(|option| is_blank(option)) {
        return Err(Fault::expected_some(&place(key, ".options"), "a value for each"));
    }
    match &field.when {
        Some(when) if when.is.iter().all(|text| is_blank(text)) => {
            Err(Fault::expected_some(&place(key, ".when.is"), "a text or several"))
        }
        _ => Ok(()),
    }
}

/// `options.fields["a"].kind`.
pub(super) fn place(key: &str, part: &str) -> String {
    concat(&["options.fields[\"", key, "\"]", part])
}

/// Kinds whose answers are read as texts.
fn is_text(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Text
            | Kind::LongText
            | Kind::Email
            | Kind::Telephone
            | Kind::Postcode
            | Kind::IcoNumber
            | Kind::Identifier
            | Kind::WebAddress
            | Kind::OdsCode
            | Kind::DsptCode
    )
}

/// What a host names, among what there is.
fn named<T: Copy>(key: &str, part: &str, known: &[(&str, T)], name: &Option<String>) -> Result<Option<T>, Fault> {
    let Some(name) = name else { return Ok(None) };
    for (one, value) in known {
        if one == name {
            return Ok(Some(*value));
        }
    }
    Err(Fault::expected(&place(key, part), &one_of(&names(known)), name))
}

fn names<'a, T>(known: &[(&'a str, T)]) -> Vec<&'a str> {
    known.iter().map(|(name, _)| *name).collect()
}
