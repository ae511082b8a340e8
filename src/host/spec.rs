//! Is what a host says of a field understood? Judged once, with the options; what needs the form waits for it.

use std::collections::BinaryHeap;

use super::field::Field;
use super::name::Name;
use crate::context::one_of;
use crate::entries::Entries;
use crate::fault::Fault;
use crate::form::value::option_text;
use crate::sorted::Sorted;
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

/// Where a date must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MustBe {
    Past,
    TodayOrPast,
    TodayOrFuture,
    Future,
}

/// The answer that another field must hold.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    /// As the host wrote it, for faults.
    pub(crate) written: String,
    pub(crate) field: Name,
    pub(crate) is: Vec<String>,
}

/// What a host says of one field.
#[derive(Debug, Clone)]
pub(crate) struct Spec {
    pub(crate) key: String,
    pub(crate) name: Name,
    /// The question of ours that has this name, in whatever form.
    pub(crate) question: Option<Question>,
    pub(crate) kind: Option<Kind>,
    pub(crate) label: Option<String>,
    pub(crate) required: Option<bool>,
    pub(crate) when: Option<Condition>,
    pub(crate) max_characters: Option<u32>,
    pub(crate) must_be: Option<MustBe>,
    pub(crate) min: Option<u32>,
    pub(crate) max: Option<u32>,
    /// As options are compared.
    pub(crate) exclusive: Option<String>,
    pub(crate) exclusive_label: String,
    /// As options are compared.
    pub(crate) options: Option<Sorted>,
}

/// All that a host says of fields, in its order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    pub(crate) specs: Vec<Spec>,
    /// The places of the specs: by name, those of one name together, the one for all rows first, then by row.
    pub(crate) order: Vec<usize>,
}

impl Fields {
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
        let place = concat(&["options.fields[\"", key, "\"]"]);
        // U+0000 stands between the name and the row where keys are sorted.
        if is_blank(key) || cut(key, 0).is_some() {
            return Err(Fault::expected_some("options.fields", "a name for each field"));
        }
        let kind = match field.kind.as_deref() {
            None => None,
            Some(kind) => Some(named(&concat(&[&place, ".kind"]), KINDS, kind)?),
        };
        let words = |name: &str, words: &Option<String>| match words {
            Some(text) if is_blank(text) => Err(Fault::expected_some(&concat(&[&place, ".", name]), "words")),
            words => Ok(words.clone()),
        };
        let must_be = match field.must_be.as_deref() {
            None => None,
            Some(text) => Some(named(
                &concat(&[&place, ".mustBe"]),
                &[
                    ("past", MustBe::Past),
                    ("today-or-past", MustBe::TodayOrPast),
                    ("today-or-future", MustBe::TodayOrFuture),
                    ("future", MustBe::Future),
                ],
                text,
            )?),
        };
        if field.max_characters == Some(0) {
            return Err(Fault::new(&[&place, ".maxCharacters: expected 1 or more, found 0"]));
        }
        if let (Some(min), Some(max)) = (field.min, field.max)
            && min > max
        {
            let (min, max) = (number(to_usize(min)), number(to_usize(max)));
            return Err(Fault::new(&[
                &place,
                ".max: expected ",
                &min,
                " or more, which is min, found ",
                &max,
            ]));
        }
        let mut values = Vec::new();
        for (at, value) in field.options.iter().flatten().enumerate() {
            if is_blank(value) {
                let place = concat(&[&place, ".options[", &number(at), "]"]);
                return Err(Fault::expected_some(&place, "a value"));
            }
            values.push((option_text(value), at));
        }
        let options = field.options.as_ref().map(|_| Sorted::new(values));
        let exclusive = words("exclusive", &field.exclusive)?;
        let exclusive_label = words("exclusiveLabel", &field.exclusive_label)?;
        let name = Name::read(key);
        Ok(Self {
            question: Question::named(&name.general)
                .filter(|question| question.row().group.is_some() == name.list().is_some()),
            key: key.to_owned(),
            name,
            kind,
            label: words("label", &field.label)?,
            required: field.required,
            when: match &field.when {
                None => None,
                Some(when) if when.is.iter().any(|text| !is_blank(text)) => Some(Condition {
                    written: when.field.clone(),
                    field: Name::read(&when.field),
                    is: when.is.clone(),
                }),
                Some(_) => {
                    return Err(Fault::expected_some(
                        &concat(&[&place, ".when.is"]),
                        "a text or several",
                    ));
                }
            },
            max_characters: field.max_characters,
            must_be,
            min: field.min,
            max: field.max,
            exclusive_label: exclusive_label.or_else(|| exclusive.clone()).unwrap_or_default(),
            exclusive: exclusive.as_deref().map(option_text),
            options,
        })
    }

    /// The kind of the answers in this form, or a fault: what the host says must make sense of it.
    pub(crate) fn judged(&self, question: Option<Question>, form: &str) -> Result<Kind, Fault> {
        let place = concat(&["options.fields[\"", &self.key, "\"]"]);
        let Some(kind) = question.map(|question| question.row().kind).or(self.kind) else {
            let kinds: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
            let kinds = joined(&kinds, ", ");
            let wanted = concat(&["a kind (", &kinds, "), because ", form, " has no question of that name"]);
            return Err(Fault::expected_some(&place, &wanted));
        };
        let fits = [
            ("mustBe", self.must_be.is_some(), kind == Kind::Date, "a date"),
            ("min", self.min.is_some(), kind == Kind::WholeNumber, "a whole-number"),
            ("max", self.max.is_some(), kind == Kind::WholeNumber, "a whole-number"),
            ("exclusive", self.exclusive.is_some(), kind == Kind::Choices, "choices"),
            (
                "maxCharacters",
                self.max_characters.is_some(),
                is_text(kind),
                "a field in which a person writes a text",
            ),
            (
                "options",
                self.options.is_some(),
                question.is_none() && matches!(kind, Kind::Choice | Kind::Choices),
                "a choice or choices of the host's own",
            ),
        ];
        match fits.into_iter().find(|(_, said, fits, _)| *said && !fits) {
            Some((what, _, _, expected)) => Err(Fault::new(&[
                &place,
                ".",
                what,
                ": expected only on ",
                expected,
                ", found on another kind",
            ])),
            None => Ok(kind),
        }
    }
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

/// What stands under a name.
fn named<T: Copy>(place: &str, known: &[(&str, T)], name: &str) -> Result<T, Fault> {
    match known.iter().find(|(known, _)| *known == name) {
        Some((_, value)) => Ok(*value),
        None => {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            Err(Fault::expected(place, &one_of(&names), name))
        }
    }
}
