//! Is what a host says of a field understood? Judged once, with the options; what needs the form waits for it.

use std::collections::BinaryHeap;

use super::name::Name;
use crate::context::{listed, place_among};
use crate::fault::Fault;
use crate::form::value::option_text;
use crate::setting::Setting;
use crate::tables::{Kind, Question};
use crate::text::{concat, cut, is_blank, push_number, whole};

/// The kinds that a host can choose from, as api.md names them.
const KIND_NAMES: &str = "ods-code dspt-code text long-text email date postcode telephone ico-number whole-number choice \
    choices yes-no confirm web-address identifier";
const KINDS: &[Kind] = &[
    Kind::OdsCode,
    Kind::DsptCode,
    Kind::Text,
    Kind::LongText,
    Kind::Email,
    Kind::Date,
    Kind::Postcode,
    Kind::Telephone,
    Kind::IcoNumber,
    Kind::WholeNumber,
    Kind::Choice,
    Kind::Choices,
    Kind::YesNo,
    Kind::Confirm,
    Kind::WebAddress,
    Kind::Identifier,
];

/// Where a date can be said to stand, as api.md names it.
const DAY_NAMES: &str = "past today-or-past today-or-future future";
const DAYS: &[MustBe] = &[MustBe::Past, MustBe::TodayOrPast, MustBe::TodayOrFuture, MustBe::Future];

/// What a host can say of some kinds only: which, one bit for each, and how a fault names them. `options` are for fields of
/// the host's own.
const ONLY_ON: &[(&str, u32, &str)] = &[
    ("mustBe", bit(Kind::Date), "a date"),
    ("min", bit(Kind::WholeNumber), "a whole-number"),
    ("max", bit(Kind::WholeNumber), "a whole-number"),
    ("exclusive", bit(Kind::Choices), "choices"),
    ("maxCharacters", TEXTS, "a field in which a person writes a text"),
    (
        OPTIONS,
        bit(Kind::Choice) | bit(Kind::Choices),
        "a choice or choices of the host's own",
    ),
];
const OPTIONS: &str = "options";

/// Kinds whose answers are read as texts.
const TEXTS: u32 = bit(Kind::Text)
    | bit(Kind::LongText)
    | bit(Kind::Email)
    | bit(Kind::Telephone)
    | bit(Kind::Postcode)
    | bit(Kind::IcoNumber)
    | bit(Kind::Identifier)
    | bit(Kind::WebAddress)
    | bit(Kind::OdsCode)
    | bit(Kind::DsptCode);

const fn bit(kind: Kind) -> u32 {
    1 << kind as u32
}

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
    /// Under its key, as the host wrote it.
    pub(crate) said: Setting,
    pub(crate) name: Name,
    /// The question of ours that has this name, in whatever form.
    pub(crate) question: Option<Question>,
    kind: Option<Kind>,
    pub(crate) must_be: Option<MustBe>,
    /// The field that its condition reads.
    pub(crate) waits_for: Option<Name>,
}

/// All that a host says of fields, in its order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    specs: Vec<Spec>,
    /// See [`Fields::order`].
    order: Vec<usize>,
}

impl Fields {
    #[inline(never)]
    pub(crate) fn read(&mut self, fields: &mut [Setting]) -> Result<(), Fault> {
        let mut keys = Vec::new();
        for said in fields {
            let spec = Spec::read(std::mem::take(said))?;
            let mut key = concat(&[&spec.name.general, "\0"]);
            if let Some(index) = spec.name.index {
                // Numbers of five digits stand in their order as texts do.
                push_number(&mut key, 100_000 + usize::from(index), None);
            }
            keys.push((key, self.specs.len()));
            self.specs.push(spec);
        }
        let sorted = BinaryHeap::from(keys).into_sorted_vec();
        let (mut before, mut number_before) = ("", 0);
        for (key, number) in &sorted {
            if key == before {
                let key = self.specs.get(number_before).map_or("", |spec| &spec.said.name);
                let sentence = "options.fields: expected each field once, found \"%\" twice";
                return Err(Fault::of(sentence, &[key]));
            }
            self.order.push(*number);
            (before, number_before) = (key, *number);
        }
        Ok(())
    }

    /// Each field, in the order of the host.
    pub(crate) fn specs(&self) -> &[Spec] {
        if super::IS_READ { &self.specs } else { &[] }
    }

    /// The places of the specs: by name, those of one name together, the one for all rows first, then by row.
    pub(crate) fn order(&self) -> &[usize] {
        if super::IS_READ { &self.order } else { &[] }
    }

    /// True when a name is that of a field, of all its rows or of one.
    pub(crate) fn names(&self, name: &str) -> bool {
        if self.specs().is_empty() {
            return false;
        }
        let name = Name::read(name).general;
        self.general(self.from(&name)) == name
    }

    /// The first place in the order whose name is not before this one.
    #[inline(never)]
    pub(crate) fn from(&self, name: &str) -> usize {
        let (mut from, mut to) = (0, self.order().len());
        while from < to {
            let middle = (from + to) / 2;
            if self.general(middle) < name {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// The spec at a place in the order.
    pub(crate) fn at(&self, place: usize) -> Option<&Spec> {
        self.specs().get(*self.order().get(place)?)
    }

    /// The name at a place in the order, rows written as `[]`.
    #[inline(never)]
    pub(crate) fn general(&self, place: usize) -> &str {
        self.at(place).map_or("", |spec| &spec.name.general)
    }

    /// True when the host may mean a field of its own by the name of this question: in a form that does not have it.
    pub(crate) fn may_own(&self, question: Question) -> bool {
        self.specs()
            .iter()
            .any(|spec| spec.question == Some(question) && spec.kind.is_some())
    }
}

impl Spec {
    fn read(said: Setting) -> Result<Self, Fault> {
        // U+0000 stands between the name and the row where keys are sorted.
        if is_blank(&said.name) || cut(&said.name, 0).is_some() {
            return Err(Fault::expected_some("options.fields", "a name for each field"));
        }
        judge(&said)?;
        let name = Name::read(&said.name);
        let question = Question::named(&name.general);
        let kind = named(&said, "kind", KIND_NAMES)?;
        let must_be = named(&said, "mustBe", DAY_NAMES)?;
        let when = said.at("when");
        Ok(Self {
            question: question.filter(|question| question.row().group.is_some() == name.list().is_some()),
            kind: kind.and_then(|place| KINDS.get(place).copied()),
            must_be: must_be.and_then(|place| DAYS.get(place).copied()),
            waits_for: when.map(|when| Name::read(when.get("field").unwrap_or_default())),
            name,
            said,
        })
    }

    /// Whether there must be an answer, when the host says so or not so.
    pub(crate) fn required(&self) -> Option<bool> {
        self.said.at("required").map(|required| !required.text.is_empty())
    }

    /// The texts that its condition waits for.
    pub(crate) fn awaited(&self) -> &[Setting] {
        self.said.at("when").map_or(&[], |when| when.one_or_more("is"))
    }

    /// The kind of the answers in this form, or a fault: what the host says must make sense of it.
    #[inline(never)]
    pub(crate) fn judged(&self, question: Option<Question>, form: &str) -> Result<Kind, Fault> {
        let Some(kind) = question.map(|question| question.row().kind).or(self.kind) else {
            let kinds = listed(KIND_NAMES);
            return Err(Fault::of(
                "options.fields[\"%\"]: expected a kind (%), because % has no question of that name, found none",
                &[&self.said.name, &kinds, form],
            ));
        };
        for (what, kinds, expected) in ONLY_ON {
            let fits = kinds & bit(kind) != 0 && (question.is_none() || *what != OPTIONS);
            if !fits && self.said.at(what).is_some() {
                return Err(Fault::of(
                    "options.fields[\"%\"].%: expected only on %, found on another kind",
                    &[&self.said.name, what, expected],
                ));
            }
        }
        Ok(kind)
    }

    /// True when the host has this option, or does not say which there are.
    pub(crate) fn has_option(&self, option: &str) -> bool {
        match self.said.at(OPTIONS) {
            None => true,
            Some(options) => options.below.iter().any(|known| option_text(&known.text) == option),
        }
    }
}

/// What can be wrong with a field in any form.
#[inline(never)]
fn judge(field: &Setting) -> Result<(), Fault> {
    const WORDS: &[&str] = &["label", "exclusive", "exclusiveLabel"];
    let key = field.name.as_str();
    for name in WORDS {
        if field.at(name).is_some_and(|words| is_blank(&words.text)) {
            return Err(nothing(key, name, "words"));
        }
    }
    if field.number("maxCharacters") == Some(0) {
        let sentence = "options.fields[\"%\"].maxCharacters: expected 1 or more, found 0";
        return Err(Fault::of(sentence, &[key]));
    }
    if let (Some(min), Some(max)) = (field.at("min"), field.at("max"))
        && whole(&min.text) > whole(&max.text)
    {
        let sentence = "options.fields[\"%\"].max: expected % or more, which is min, found %";
        return Err(Fault::of(sentence, &[key, &min.text, &max.text]));
    }
    for option in field.list(OPTIONS) {
        if is_blank(&option.text) {
            return Err(nothing(key, OPTIONS, "a value for each"));
        }
    }
    if let Some(when) = field.at("when") {
        for text in when.one_or_more("is") {
            if !is_blank(&text.text) {
                return Ok(());
            }
        }
        return Err(nothing(key, "when.is", "a text or several"));
    }
    Ok(())
}

#[inline(never)]
fn nothing(key: &str, part: &str, wanted: &str) -> Fault {
    Fault::of("options.fields[\"%\"].%: expected %, found none", &[key, part, wanted])
}

/// The place of what a host names, among what there is.
#[inline(never)]
fn named(field: &Setting, part: &str, known: &str) -> Result<Option<usize>, Fault> {
    let Some(name) = field.at(part) else { return Ok(None) };
    let place = place_among(known, &name.text);
    if place.is_some() {
        return Ok(place);
    }
    Err(Fault::of(
        "options.fields[\"%\"].%: expected one of %, found \"%\"",
        &[&field.name, part, &listed(known), &name.text],
    ))
}
