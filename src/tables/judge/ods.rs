//! Are the ODS tables true to their own evidence? Formats, kinds, default codes, stop words, look-alikes and the
//! references of other kinds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::pattern::{self, Set, Shape};
use super::questions::Known;
use super::rules::{self, BASES, one_of};
use super::{Header, Places, Problem, Sources, Table, Written, words};

const FORMATS: &str = "ods-formats.toml";
const KINDS: &str = "ods-kinds.toml";
const PLACEHOLDERS: &str = "ods-placeholders.toml";
const STOP_WORDS: &str = "ods-stop-words.toml";
const LOOKALIKES: &str = "ods-lookalikes.toml";
const IDENTIFIERS: &str = "ods-other-identifiers.toml";

/// Families that the code asks for by name.
const NAMED: &[&str] = &["gp_practice", "dental_practice", ANY];
/// It says nothing about an organisation, so it is the last that is named.
const ANY: &str = "any_new_code";
const POSTCODE: &str = "postcode";

/// Each of its options has a row in the table of kinds.
const TYPE_QUESTION: &str = "organisation.type";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Formats {
    table: Header,
    /// The publications that rows name by letter and number.
    sources: BTreeMap<String, String>,
    format: Vec<Format>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Format {
    id: Spanned<String>,
    name: Spanned<Name>,
    pattern: Spanned<String>,
    length: Spanned<Vec<usize>>,
    published_pattern: Option<Spanned<String>>,
    status: Spanned<String>,
    since: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    owner: Option<Spanned<Owner>>,
    #[serde(default)]
    lookalike: bool,
    #[serde(default)]
    overlaps: Vec<Spanned<String>>,
    #[serde(default)]
    accept: Vec<Spanned<String>>,
    #[serde(default)]
    published: Vec<Spanned<String>>,
    #[serde(default)]
    invented: Vec<Spanned<String>>,
    #[serde(default)]
    refuse: Vec<Spanned<String>>,
    basis: Spanned<String>,
    #[serde(default, rename = "why")]
    _why: String,
    source: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    en: String,
    cy: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Owner {
    family: String,
    characters: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identifiers {
    table: Header,
    identifier: Vec<Identifier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identifier {
    id: Spanned<String>,
    what: Spanned<String>,
    rule: Spanned<String>,
    pattern: Spanned<String>,
    #[serde(default)]
    accept: Vec<Spanned<String>>,
    #[serde(default)]
    published: Vec<Spanned<String>>,
    #[serde(default)]
    invented: Vec<Spanned<String>>,
    #[serde(default)]
    refuse: Vec<Spanned<String>>,
    basis: Spanned<String>,
    #[serde(default, rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    table: Header,
    kind: Vec<KindOfOrganisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindOfOrganisation {
    organisation_type: Spanned<String>,
    formats: Option<Spanned<Vec<Spanned<String>>>>,
    usual_length: Option<Spanned<String>>,
    basis: Spanned<String>,
    #[serde(default, rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholders {
    table: Header,
    placeholder: Vec<Placeholder>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholder {
    code: Spanned<String>,
    meaning: Spanned<String>,
    basis: Spanned<String>,
    source: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StopWords {
    table: Header,
    words: Rows<StopWord>,
}

/// Rows of one line each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows<T> {
    row: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StopWord {
    word: Spanned<String>,
    r#use: Spanned<String>,
    #[serde(default)]
    looks_like: Vec<String>,
    basis: Spanned<String>,
    #[serde(default, rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lookalikes {
    table: Header,
    twin: Vec<Twin>,
    characters: Rows<Lookalike>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Twin {
    letter: Spanned<String>,
    number: Spanned<String>,
    #[serde(default)]
    rare: bool,
    basis: Spanned<String>,
    #[serde(default, rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lookalike {
    code_point: Spanned<String>,
    reads_as: Spanned<String>,
    name: Spanned<String>,
}

/// A format whose pattern could be read.
struct Family<'a> {
    row: &'a Format,
    id: &'a str,
    shapes: Vec<Shape>,
    in_use: bool,
}

pub(super) fn judge(sources: &Sources, known: &Known, written: &mut Written, problems: &mut Vec<Problem>) {
    let formats = read::<Formats>(sources, FORMATS, problems);
    let kinds = read::<Kinds>(sources, KINDS, problems);
    let placeholders = read::<Placeholders>(sources, PLACEHOLDERS, problems);
    let stop_words = read::<StopWords>(sources, STOP_WORDS, problems);
    let lookalikes = read::<Lookalikes>(sources, LOOKALIKES, problems);
    let identifiers = read::<Identifiers>(sources, IDENTIFIERS, problems);
    let (Some(formats), Some(kinds), Some(placeholders), Some(stop_words), Some(lookalikes), Some(identifiers)) =
        (formats, kinds, placeholders, stop_words, lookalikes, identifiers)
    else {
        return;
    };
    let mut shapes = Shapes::default();
    let publications: Vec<&str> = formats.rows.sources.keys().map(String::as_str).collect();

    let families = judge_formats(&formats, &publications, problems);
    let identifiers_read = judge_identifiers(&identifiers, &rules::ids(sources), problems);
    judge_overlaps(&families, &formats.places, problems);
    judge_against_postcodes(&families, &identifiers_read, &formats.places, problems);
    judge_kinds(&kinds, &families, known.options_of(TYPE_QUESTION), problems);
    judge_placeholders(&placeholders, &families, &publications, &formats.places, problems);
    judge_stop_words(&stop_words, &families, problems);
    judge_lookalikes(&lookalikes, problems);

    let headers = [
        &formats.rows.table,
        &kinds.rows.table,
        &placeholders.rows.table,
        &stop_words.rows.table,
        &lookalikes.rows.table,
        &identifiers.rows.table,
    ];
    for header in headers {
        written.headers.push_str(&header.written());
    }
    // Rows that were refused have no Rust; nothing is built from them.
    if !problems.is_empty() {
        return;
    }
    let rows = &mut written.rows;
    rows.push_str(&families_as_rust(&families, &mut shapes));
    rows.push_str(&identifiers_as_rust(&identifiers_read, &mut shapes));
    rows.push_str(&shapes.classes_as_rust());
    rows.push_str(&kinds_as_rust(&kinds.rows.kind, &families));
    let mut codes: Vec<&str> = placeholders
        .rows
        .placeholder
        .iter()
        .map(|row| row.code.get_ref().as_str())
        .collect();
    codes.sort_unstable();
    rows.push_str(&format!(
        "pub(crate) static DEFAULT_CODES: &[&str] = {};\n",
        words(&codes)
    ));
    for (name, r#use) in [
        ("PLACEHOLDER_WORDS", "placeholder"),
        ("LABEL_WORDS", "label"),
        ("ENDING_WORDS", "ending"),
    ] {
        let mut chosen: Vec<&str> = stop_words
            .rows
            .words
            .row
            .iter()
            .filter(|row| row.r#use.get_ref() == r#use)
            .map(|row| row.word.get_ref().as_str())
            .collect();
        chosen.sort_unstable();
        rows.push_str(&format!("pub(crate) static {name}: &[&str] = {};\n", words(&chosen)));
    }
    rows.push_str(&lookalikes_as_rust(&lookalikes.rows));
}

fn read<T: serde::de::DeserializeOwned>(sources: &Sources, file: &str, problems: &mut Vec<Problem>) -> Option<Table<T>>
where
    T: Opened,
{
    match sources.table::<T>(file) {
        Ok(table) => {
            table.rows.header().judge(&table.places, problems);
            Some(table)
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// Every table opens with its header.
trait Opened {
    fn header(&self) -> &Header;
}

macro_rules! opened {
    ($($table:ty),*) => {
        $(impl Opened for $table {
            fn header(&self) -> &Header {
                &self.table
            }
        })*
    };
}

opened!(Formats, Kinds, Placeholders, StopWords, Lookalikes, Identifiers);

fn judge_formats<'a>(table: &'a Table<Formats>, publications: &[&str], problems: &mut Vec<Problem>) -> Vec<Family<'a>> {
    let places = &table.places;
    let mut families: Vec<Family<'a>> = Vec::new();
    let mut ids = BTreeSet::new();
    for row in &table.rows.format {
        let id = row.id.get_ref().as_str();
        judge_id(&row.id, &mut ids, "format", places, problems);
        let name = row.name.get_ref();
        if name.en.trim().is_empty() || name.cy.as_deref().is_some_and(|welsh| welsh.trim().is_empty()) {
            problems.push(places.problem(
                &row.name,
                format!("{id} has an empty name"),
                "write what a person would call it; leave cy out until it is translated",
            ));
        }
        one_of(
            &row.status,
            &["current", "legacy", "retired"],
            "status",
            places,
            problems,
        );
        one_of(&row.basis, BASES, "basis", places, problems);
        judge_publications(id, &row.source, publications, places, problems);
        for day in row.since.iter().chain(&row.until) {
            if !is_date_or_part(day.get_ref()) {
                problems.push(places.problem(
                    day,
                    format!("\"{}\" is not a year, a month or a day", day.get_ref()),
                    "write it like 2021, 2021-02 or 2021-02-28",
                ));
            }
        }
        let in_use = row.status.get_ref() != "retired";
        if let Some(until) = &row.until
            && in_use
        {
            problems.push(places.problem(
                until,
                format!("{id} has an end and is still in use"),
                "take away `until`, or make the status retired",
            ));
        }
        if row.lookalike && !in_use {
            problems.push(places.problem(
                &row.id,
                format!("{id} is retired, so no code of it is ever offered as a repair"),
                "take away `lookalike`",
            ));
        }
        let shapes = judge_pattern(id, &row.pattern, places, problems);
        if let Some(published) = &row.published_pattern {
            judge_pattern(id, published, places, problems);
        }
        if !shapes.is_empty() {
            judge_length(id, row, &shapes, places, problems);
            let examples = Examples {
                fit: [&row.accept, &row.published, &row.invented],
                unfit: &row.refuse,
            };
            examples.judge(&row.id, &shapes, places, problems);
        }
        families.push(Family {
            row,
            id,
            shapes,
            in_use,
        });
    }
    for needed in NAMED {
        if !ids.contains(needed) {
            problems.push(Problem::new(
                FORMATS,
                0,
                format!("the format {needed} is missing, which the code asks for by name"),
                "put the row back, or change src/ods as well",
            ));
        }
    }
    if let Some(last) = families.iter().rfind(|family| family.in_use)
        && last.id != ANY
    {
        problems.push(places.problem(
            &last.row.id,
            format!(
                "{} stands after {ANY}, which says nothing about the type of an organisation",
                last.id
            ),
            format!("move the row before {ANY}: the order of rows is the order in which kinds are named"),
        ));
    }
    for family in &families {
        judge_owner(family, &families, places, problems);
    }
    families
}

fn judge_id<'a>(
    id: &'a Spanned<String>,
    ids: &mut BTreeSet<&'a str>,
    what: &str,
    places: &Places,
    problems: &mut Vec<Problem>,
) {
    let name = id.get_ref();
    let plain = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_';
    if name.is_empty() || !name.chars().all(plain) {
        problems.push(places.problem(
            id,
            format!("\"{name}\" is not an id"),
            "write small letters, numbers and underscores",
        ));
    }
    if !ids.insert(name) {
        problems.push(places.problem(
            id,
            format!("the {what} {name} is there twice"),
            "keep one of the rows, or give the other an id of its own",
        ));
    }
}

fn judge_publications(
    id: &str,
    source: &Spanned<Vec<String>>,
    publications: &[&str],
    places: &Places,
    problems: &mut Vec<Problem>,
) {
    if source.get_ref().is_empty() {
        problems.push(places.problem(
            source,
            format!("{id} names no source"),
            "name one of [sources] in ods-formats.toml, or add the publication there",
        ));
    }
    for name in source.get_ref() {
        if !publications.contains(&name.as_str()) {
            problems.push(places.problem(
                source,
                format!("{id} names the source \"{name}\", which is not listed"),
                "name one of [sources] in ods-formats.toml, or add the publication there",
            ));
        }
    }
}

fn judge_pattern(id: &str, pattern: &Spanned<String>, places: &Places, problems: &mut Vec<Problem>) -> Vec<Shape> {
    match pattern::parse(pattern.get_ref()) {
        Ok(shapes) => shapes,
        Err(what) => {
            problems.push(places.problem(
                pattern,
                format!("the pattern of {id} cannot be read: {what}"),
                "write it in the language described at the top of ods-formats.toml",
            ));
            Vec::new()
        }
    }
}

fn judge_length(id: &str, row: &Format, shapes: &[Shape], places: &Places, problems: &mut Vec<Problem>) {
    let lengths: BTreeSet<usize> = shapes.iter().map(Vec::len).collect();
    let said: BTreeSet<usize> = row.length.get_ref().iter().copied().collect();
    let listed = |lengths: &BTreeSet<usize>| {
        let lengths: Vec<String> = lengths.iter().map(usize::to_string).collect();
        lengths.join(" or ")
    };
    if lengths != said {
        problems.push(places.problem(
            &row.length,
            format!(
                "{id} says that its codes have {} characters, and its pattern says {}",
                listed(&said),
                listed(&lengths)
            ),
            "correct the one that is wrong",
        ));
    }
    if lengths.iter().any(|length| !(3..=9).contains(length)) {
        problems.push(places.problem(
            &row.pattern,
            format!(
                "{id} has codes of {} characters, and ODS codes have 3 to 9",
                listed(&lengths)
            ),
            "correct the pattern",
        ));
    }
}

/// What a row offers as evidence for its pattern.
struct Examples<'a> {
    fit: [&'a Vec<Spanned<String>>; 3],
    unfit: &'a Vec<Spanned<String>>,
}

impl Examples<'_> {
    fn judge(&self, id: &Spanned<String>, shapes: &[Shape], places: &Places, problems: &mut Vec<Problem>) {
        let name = id.get_ref();
        if self.fit.iter().all(|list| list.is_empty()) {
            problems.push(places.problem(
                id,
                format!("{name} has no code that its pattern must fit"),
                "list one under accept, published or, if no real one is known, invented",
            ));
        }
        if self.unfit.is_empty() {
            problems.push(places.problem(
                id,
                format!("{name} has no near miss that its pattern must not fit"),
                "list one under refuse",
            ));
        }
        for code in self.fit.into_iter().flatten() {
            if !pattern::fits(shapes, code.get_ref()) {
                problems.push(places.problem(
                    code,
                    format!(
                        "{name} lists {} as one of its codes, and its pattern does not fit it",
                        code.get_ref()
                    ),
                    "correct the pattern or take the code away",
                ));
            }
        }
        for code in self.unfit {
            if pattern::fits(shapes, code.get_ref()) {
                problems.push(places.problem(
                    code,
                    format!(
                        "{name} lists {} as a near miss, and its pattern fits it",
                        code.get_ref()
                    ),
                    "correct the pattern or take the near miss away",
                ));
            }
        }
    }
}

fn judge_owner(family: &Family<'_>, families: &[Family<'_>], places: &Places, problems: &mut Vec<Problem>) {
    let Some(place) = &family.row.owner else { return };
    let owner = place.get_ref();
    let id = family.id;
    let Some(of) = families.iter().find(|other| other.id == owner.family) else {
        problems.push(places.problem(
            place,
            format!("{id} is owned by {}, which is no format", owner.family),
            "name the id of another row",
        ));
        return;
    };
    if of.id == id || of.shapes.is_empty() || family.shapes.is_empty() {
        if of.id == id {
            problems.push(places.problem(place, format!("{id} is its own owner"), "name another row, or none"));
        }
        return;
    }
    let begins: Vec<&Shape> = of
        .shapes
        .iter()
        .filter(|shape| shape.len() == owner.characters)
        .collect();
    if begins.is_empty() {
        problems.push(places.problem(
            place,
            format!(
                "{id} begins with {} characters of {}, which has no code of that length",
                owner.characters, of.id
            ),
            format!("write the length of a code of {}", of.id),
        ));
        return;
    }
    for shape in &family.shapes {
        let first: Vec<Set> = shape.iter().copied().take(owner.characters).collect();
        if shape.len() <= owner.characters || !begins.iter().any(|begin| pattern::common(begin, &first).is_some()) {
            problems.push(places.problem(
                place,
                format!(
                    "codes of {id} like {} never begin with a code of {}",
                    pattern::example(shape),
                    of.id
                ),
                "correct the owner or one of the two patterns",
            ));
        }
    }
}

/// Two families in use may share a code, but only if one of their rows says so: it decides what a person is told.
fn judge_overlaps(families: &[Family<'_>], places: &Places, problems: &mut Vec<Problem>) {
    let in_use: Vec<&Family<'_>> = families.iter().filter(|family| family.in_use).collect();
    for family in &in_use {
        for said in &family.row.overlaps {
            let name = said.get_ref();
            let Some(other) = in_use.iter().find(|other| other.id == name && other.id != family.id) else {
                problems.push(places.problem(
                    said,
                    format!("{} overlaps with {name}, which is no other format in use", family.id),
                    "name another row that is not retired, or none",
                ));
                continue;
            };
            if shared(family, other).is_none() && !family.shapes.is_empty() && !other.shapes.is_empty() {
                problems.push(places.problem(
                    said,
                    format!("{} says that it overlaps with {name}, and no code fits both", family.id),
                    "take it away",
                ));
            }
            if other.row.overlaps.iter().any(|back| back.get_ref() == family.id) {
                problems.push(places.problem(
                    said,
                    format!("{} and {name} both say that they overlap", family.id),
                    "say it once, in either of the two rows",
                ));
            }
        }
    }
    for (at, family) in in_use.iter().enumerate() {
        for other in in_use.iter().skip(at + 1) {
            let says =
                |one: &Family<'_>, two: &Family<'_>| one.row.overlaps.iter().any(|name| name.get_ref() == two.id);
            if let Some(shape) = shared(family, other)
                && !says(family, other)
                && !says(other, family)
            {
                problems.push(places.problem(
                    &other.row.pattern,
                    format!(
                        "{} and {} share codes like {} and do not say that they overlap",
                        family.id,
                        other.id,
                        pattern::example(&shape)
                    ),
                    format!(
                        "narrow one of the patterns; if both are right, add overlaps = [\"{}\"] to {}",
                        family.id, other.id
                    ),
                ));
            }
        }
    }
}

fn shared(one: &Family<'_>, other: &Family<'_>) -> Option<Shape> {
    one.shapes
        .iter()
        .find_map(|shape| other.shapes.iter().find_map(|second| pattern::common(shape, second)))
}

/// A postcode in a code box is an error only because no code in use is written like one.
fn judge_against_postcodes(
    families: &[Family<'_>],
    identifiers: &[ReadIdentifier<'_>],
    places: &Places,
    problems: &mut Vec<Problem>,
) {
    let Some(postcode) = identifiers.iter().find(|row| row.id == POSTCODE) else {
        return;
    };
    for family in families.iter().filter(|family| family.in_use) {
        for shape in &family.shapes {
            if let Some(both) = postcode.shapes.iter().find_map(|other| pattern::common(shape, other)) {
                problems.push(places.problem(
                    &family.row.pattern,
                    format!(
                        "codes of {} like {} are written like postcodes",
                        family.id,
                        pattern::example(&both)
                    ),
                    "narrow the pattern, or decide anew how ODS-015 tells the two apart",
                ));
            }
        }
    }
}

/// An identifier whose pattern could be read.
struct ReadIdentifier<'a> {
    row: &'a Identifier,
    id: &'a str,
    shapes: Vec<Shape>,
}

fn judge_identifiers<'a>(
    table: &'a Table<Identifiers>,
    rules: &BTreeSet<String>,
    problems: &mut Vec<Problem>,
) -> Vec<ReadIdentifier<'a>> {
    let places = &table.places;
    let mut ids = BTreeSet::new();
    let mut read = Vec::new();
    for row in &table.rows.identifier {
        let id = row.id.get_ref().as_str();
        judge_id(&row.id, &mut ids, "identifier", places, problems);
        one_of(&row.basis, BASES, "basis", places, problems);
        if row.what.get_ref().trim().is_empty() {
            problems.push(places.problem(
                &row.what,
                format!("{id} does not say what it is"),
                "name it for the reader",
            ));
        }
        if !rules.contains(row.rule.get_ref()) {
            problems.push(places.problem(
                &row.rule,
                format!("{id} calls for the rule {}, which does not exist", row.rule.get_ref()),
                "name a rule of src/tables/rules/ods.toml, or add it there",
            ));
        }
        let shapes = judge_pattern(id, &row.pattern, places, problems);
        if !shapes.is_empty() {
            let examples = Examples {
                fit: [&row.accept, &row.published, &row.invented],
                unfit: &row.refuse,
            };
            examples.judge(&row.id, &shapes, places, problems);
        }
        read.push(ReadIdentifier { row, id, shapes });
    }
    if !ids.contains(POSTCODE) {
        problems.push(Problem::new(
            IDENTIFIERS,
            0,
            format!("the identifier {POSTCODE} is missing, which the code asks for by name"),
            "put the row back, or change src/ods as well",
        ));
    }
    read
}

fn judge_kinds(table: &Table<Kinds>, families: &[Family<'_>], types: &[String], problems: &mut Vec<Problem>) {
    let places = &table.places;
    let mut seen_types = BTreeSet::new();
    let known: Vec<&str> = types.iter().map(String::as_str).collect();
    for row in &table.rows.kind {
        let name = row.organisation_type.get_ref().as_str();
        // With a broken table of questions there are no types, and that problem is already told.
        if !known.is_empty() {
            one_of(&row.organisation_type, &known, "organisation type", places, problems);
        }
        one_of(&row.basis, BASES, "basis", places, problems);
        if !seen_types.insert(name) {
            problems.push(places.problem(
                &row.organisation_type,
                format!("{name} is there twice"),
                "put its formats into one row",
            ));
        }
        let mut lengths = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for format in row.formats.iter().flat_map(|list| list.get_ref()) {
            let id = format.get_ref().as_str();
            if !seen.insert(id) {
                problems.push(places.problem(format, format!("{name} names {id} twice"), "take one away"));
            }
            match families.iter().find(|family| family.id == id) {
                None => problems.push(places.problem(
                    format,
                    format!("{name} names the format {id}, which does not exist"),
                    "name the id of a row of ods-formats.toml",
                )),
                Some(family) if !family.in_use => problems.push(places.problem(
                    format,
                    format!("{name} names the format {id}, which is retired"),
                    "take it away: a retired code is never usual",
                )),
                Some(family) if family.id == ANY => problems.push(places.problem(
                    format,
                    format!("{name} names {ANY}, which every type may have"),
                    "take it away",
                )),
                Some(family) => lengths.extend(family.shapes.iter().map(Vec::len)),
            }
        }
        if let Some(list) = &row.formats
            && list.get_ref().is_empty()
        {
            problems.push(places.problem(
                list,
                format!("{name} has a list of formats with nothing in it"),
                "name its formats; if any code fits, take `formats` away",
            ));
        }
        if let Some(usual) = &row.usual_length {
            let listed = usual_lengths(usual.get_ref());
            if row.formats.is_none() || listed.is_empty() || listed.iter().any(|length| !lengths.contains(length)) {
                problems.push(places.problem(
                    usual,
                    format!("\"{}\" is not the length of codes that {name} has", usual.get_ref()),
                    "write a length of its formats like 3, or two like 6 or 7",
                ));
            }
        }
    }
    for missing in known.iter().filter(|name| !seen_types.contains(*name)) {
        problems.push(Problem::new(
            KINDS,
            0,
            format!("the organisation type {missing} has no row"),
            "add one; if any code fits, leave `formats` out",
        ));
    }
}

/// The numbers of `6 or 7`; none when it is written in another way.
fn usual_lengths(text: &str) -> Vec<usize> {
    let numbers: Option<Vec<usize>> = text.split(" or ").map(|number| number.parse().ok()).collect();
    numbers.unwrap_or_default()
}

fn judge_placeholders(
    table: &Table<Placeholders>,
    families: &[Family<'_>],
    publications: &[&str],
    format_places: &Places,
    problems: &mut Vec<Problem>,
) {
    let places = &table.places;
    let mut codes = BTreeSet::new();
    for row in &table.rows.placeholder {
        let code = row.code.get_ref().as_str();
        judge_word(&row.code, places, problems);
        one_of(&row.basis, BASES, "basis", places, problems);
        judge_publications(code, &row.source, publications, places, problems);
        if row.meaning.get_ref().trim().is_empty() {
            problems.push(places.problem(
                &row.meaning,
                format!("{code} has no meaning"),
                "write what it stands for",
            ));
        }
        if !codes.insert(code) {
            problems.push(places.problem(
                &row.code,
                format!("the default code {code} is there twice"),
                "take one away",
            ));
        }
    }
    for family in families {
        for example in family
            .row
            .accept
            .iter()
            .chain(&family.row.published)
            .chain(&family.row.invented)
        {
            if codes.contains(example.get_ref().as_str()) {
                problems.push(format_places.problem(
                    example,
                    format!(
                        "{} lists {} as one of its codes, and it is a default code",
                        family.id,
                        example.get_ref()
                    ),
                    "take another example: a default code stands for no organisation",
                ));
            }
        }
    }
}

/// Compared with a text that has only capitals and digits left, so anything else would never be found.
fn judge_word(word: &Spanned<String>, places: &Places, problems: &mut Vec<Problem>) {
    let text = word.get_ref();
    if text.is_empty()
        || !text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        problems.push(places.problem(
            word,
            format!("\"{text}\" could never be found"),
            "write capitals and numbers only, without spaces",
        ));
    }
}

fn judge_stop_words(table: &Table<StopWords>, families: &[Family<'_>], problems: &mut Vec<Problem>) {
    let places = &table.places;
    let mut seen = BTreeSet::new();
    for row in &table.rows.words.row {
        let word = row.word.get_ref().as_str();
        judge_word(&row.word, places, problems);
        one_of(&row.r#use, &["placeholder", "label", "ending"], "use", places, problems);
        one_of(&row.basis, BASES, "basis", places, problems);
        if !seen.insert((row.r#use.get_ref().as_str(), word)) {
            problems.push(places.problem(
                &row.word,
                format!("{word} is there twice for the same use"),
                "take one away",
            ));
        }
        let like: Vec<&str> = families
            .iter()
            .filter(|family| family.in_use && pattern::fits(&family.shapes, word))
            .map(|family| family.id)
            .collect();
        if like != row.looks_like {
            let fix = if like.is_empty() {
                "take `looks_like` away".to_owned()
            } else {
                format!("write looks_like = {}", words(&like).trim_start_matches('&'))
            };
            problems.push(places.problem(
                &row.word,
                format!("{word} does not say which formats in use it looks like"),
                fix,
            ));
        }
    }
}

fn judge_lookalikes(table: &Table<Lookalikes>, problems: &mut Vec<Problem>) {
    let places = &table.places;
    let mut twins = BTreeSet::new();
    for row in &table.rows.twin {
        one_of(&row.basis, BASES, "basis", places, problems);
        let one = |text: &str, fits: fn(&u8) -> bool| text.len() == 1 && text.bytes().all(|byte| fits(&byte));
        if !one(row.letter.get_ref(), u8::is_ascii_uppercase) {
            problems.push(places.problem(
                &row.letter,
                format!("\"{}\" is not one capital letter", row.letter.get_ref()),
                "write one of A to Z",
            ));
        }
        if !one(row.number.get_ref(), u8::is_ascii_digit) {
            problems.push(places.problem(
                &row.number,
                format!("\"{}\" is not one number", row.number.get_ref()),
                "write one of 0 to 9",
            ));
        }
        for side in [&row.letter, &row.number] {
            if !twins.insert(side.get_ref().as_str()) {
                problems.push(places.problem(
                    side,
                    format!("\"{}\" already has a twin", side.get_ref()),
                    "keep one: a repair must not have to choose",
                ));
            }
        }
    }
    let mut characters = BTreeSet::new();
    for row in &table.rows.characters.row {
        match code_point(row.code_point.get_ref()) {
            Some(character) if character.is_ascii() => problems.push(places.problem(
                &row.code_point,
                format!("{} is a plain character", row.code_point.get_ref()),
                "list letters and numbers of other alphabets only",
            )),
            Some(character) if !characters.insert(character) => problems.push(places.problem(
                &row.code_point,
                format!("{} is there twice", row.code_point.get_ref()),
                "keep one reading",
            )),
            Some(_) => {}
            None => problems.push(places.problem(
                &row.code_point,
                format!("\"{}\" is not a code point", row.code_point.get_ref()),
                "write it like U+0410",
            )),
        }
        let reading = row.reads_as.get_ref();
        if reading.len() != 1
            || !reading
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        {
            problems.push(places.problem(
                &row.reads_as,
                format!("\"{reading}\" is not one character of a code"),
                "write one of A to Z or 0 to 9",
            ));
        }
        if row.name.get_ref().trim().is_empty() {
            problems.push(places.problem(
                &row.name,
                format!("{} has no name", row.code_point.get_ref()),
                "write its Unicode name: the character itself looks like another",
            ));
        }
    }
}

fn code_point(text: &str) -> Option<char> {
    let number = text.strip_prefix("U+").filter(|number| number.len() >= 4)?;
    char::from_u32(u32::from_str_radix(number, 16).ok()?)
}

/// `2021`, `2021-02` or `2021-02-28`.
fn is_date_or_part(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    super::is_day(&whole)
}

/// The distinct sets of all patterns. A shape is written as bytes: the number of its row, then of each of its sets.
#[derive(Default)]
struct Shapes {
    classes: Vec<Set>,
}

impl Shapes {
    fn class(&mut self, set: Set) -> usize {
        if let Some(known) = self.classes.iter().position(|class| *class == set) {
            return known;
        }
        self.classes.push(set);
        self.classes.len() - 1
    }

    /// For each length from none upwards, the shapes of that length one after the other.
    fn by_length<'a>(&mut self, rows: impl Iterator<Item = (usize, &'a [Shape])>) -> String {
        let mut lists: Vec<String> = Vec::new();
        for (row, shapes) in rows {
            for shape in shapes {
                while lists.len() <= shape.len() {
                    lists.push(String::new());
                }
                let numbers: Vec<String> = shape.iter().map(|set| self.class(*set).to_string()).collect();
                if let Some(list) = lists.get_mut(shape.len()) {
                    list.push_str(&format!("{row}, {}, ", numbers.join(", ")));
                }
            }
        }
        let lists: Vec<String> = lists
            .iter()
            .map(|list| format!("    &[{}],\n", list.trim_end_matches(", ")))
            .collect();
        format!("&[\n{}]", lists.concat())
    }

    fn classes_as_rust(&self) -> String {
        let sets: Vec<String> = self.classes.iter().map(|set| format!("{set:#x}")).collect();
        format!("pub(crate) static CLASSES: &[u64] = &[{}];\n", sets.join(", "))
    }
}

fn families_as_rust(families: &[Family<'_>], shapes: &mut Shapes) -> String {
    let place_of = |id: &str| families.iter().position(|family| family.id == id).unwrap_or_default();
    let mut rows = String::new();
    for family in families {
        let owner = family.row.owner.as_ref().map(|owner| owner.get_ref());
        let owner = owner.map_or("None".to_owned(), |owner| {
            format!(
                "Some(OwnerRow {{ family: FamilyId({}), characters: {} }})",
                place_of(&owner.family),
                owner.characters
            )
        });
        let name = family.row.name.get_ref();
        rows.push_str(&format!(
            "    FamilyRow {{ id: {:?}, en: {:?}, cy: {:?}, owner: {owner}, lookalike: {} }},\n",
            family.id, name.en, name.cy, family.row.lookalike
        ));
    }
    let named: Vec<String> = NAMED
        .iter()
        .map(|id| {
            format!(
                "    pub(crate) const {}: FamilyId = FamilyId({});\n",
                id.to_uppercase(),
                place_of(id)
            )
        })
        .collect();
    let mut chosen = |in_use: bool| {
        let rows = families
            .iter()
            .enumerate()
            .filter(|(_, family)| family.in_use == in_use);
        shapes.by_length(rows.map(|(at, family)| (at, family.shapes.as_slice())))
    };
    let in_use = chosen(true);
    let retired = chosen(false);
    format!(
        "pub(crate) static FAMILIES: &[FamilyRow] = &[\n{rows}];\n\npub(crate) mod family {{\n    use super::FamilyId;\n{}}}\n\n\
         pub(crate) static SHAPES_IN_USE: &[&[u8]] = {in_use};\npub(crate) static SHAPES_RETIRED: &[&[u8]] = {retired};\n\
         pub(crate) const MOST_KINDS: usize = {};\n",
        named.concat(),
        most_kinds(families, true).max(most_kinds(families, false)),
    )
}

/// The greatest number of families that share one code.
fn most_kinds(families: &[Family<'_>], in_use: bool) -> usize {
    fn deeper(shape: &[Set], rest: &[&Family<'_>]) -> usize {
        rest.iter()
            .enumerate()
            .flat_map(|(at, family)| family.shapes.iter().map(move |other| (at, other)))
            .filter_map(|(at, other)| Some((at, pattern::common(shape, other)?)))
            .map(|(at, both)| 1 + deeper(&both, rest.get(at + 1..).unwrap_or_default()))
            .max()
            .unwrap_or_default()
    }
    let chosen: Vec<&Family<'_>> = families.iter().filter(|family| family.in_use == in_use).collect();
    let all: Vec<Shape> = (3..=9).map(|length| vec![Set::MAX; length]).collect();
    all.iter().map(|shape| deeper(shape, &chosen)).max().unwrap_or_default()
}

fn identifiers_as_rust(identifiers: &[ReadIdentifier<'_>], shapes: &mut Shapes) -> String {
    let (postcodes, others): (Vec<_>, Vec<_>) = identifiers.iter().partition(|row| row.id == POSTCODE);
    let rules: Vec<String> = others
        .iter()
        .map(|row| format!("rule::{}", row.row.rule.get_ref().replace('-', "_")))
        .collect();
    let mut written = |rows: &[&ReadIdentifier<'_>]| {
        shapes.by_length(rows.iter().enumerate().map(|(at, row)| (at, row.shapes.as_slice())))
    };
    let other_shapes = written(&others);
    let postcode_shapes = written(&postcodes);
    format!(
        "pub(crate) static IDENTIFIER_RULES: &[RuleId] = &[{}];\npub(crate) static SHAPES_OF_IDENTIFIERS: &[&[u8]] = {other_shapes};\n\
         pub(crate) static SHAPES_OF_POSTCODES: &[&[u8]] = {postcode_shapes};\n",
        rules.join(", ")
    )
}

fn kinds_as_rust(kinds: &[KindOfOrganisation], families: &[Family<'_>]) -> String {
    let mut rows = String::new();
    for kind in kinds {
        let formats: Vec<String> = kind
            .formats
            .iter()
            .flat_map(|list| list.get_ref())
            .filter_map(|id| families.iter().position(|family| family.id == id.get_ref()))
            .map(|place| format!("FamilyId({place})"))
            .collect();
        let usual = kind.usual_length.as_ref().map(|usual| usual.get_ref().as_str());
        let usual = usual.map_or("None".to_owned(), |text| {
            format!(
                "Some(UsualLength {{ text: {text:?}, lengths: &{:?} }})",
                usual_lengths(text)
            )
        });
        rows.push_str(&format!(
            "    KindRow {{ organisation_type: {:?}, families: &[{}], usual_length: {usual} }},\n",
            kind.organisation_type.get_ref(),
            formats.join(", ")
        ));
    }
    format!("pub(crate) static KINDS: &[KindRow] = &[\n{rows}];\n")
}

fn lookalikes_as_rust(table: &Lookalikes) -> String {
    let twins: Vec<String> = table
        .twin
        .iter()
        .map(|row| {
            format!(
                "TwinRow {{ letter: b'{}', number: b'{}', rare: {} }}",
                row.letter.get_ref(),
                row.number.get_ref(),
                row.rare
            )
        })
        .collect();
    let mut characters: Vec<(char, &str)> = table
        .characters
        .row
        .iter()
        .filter_map(|row| Some((code_point(row.code_point.get_ref())?, row.reads_as.get_ref().as_str())))
        .collect();
    characters.sort_unstable();
    let from: Vec<char> = characters.iter().map(|(from, _)| *from).collect();
    let readings: String = characters.iter().map(|(_, reading)| *reading).collect();
    format!(
        "pub(crate) static TWINS: &[TwinRow] = &[{}];\npub(crate) static LOOKALIKE_CHARACTERS: &[char] = &{from:?};\n\
         pub(crate) static LOOKALIKE_READINGS: &[u8] = b{readings:?};\n",
        twins.join(", ")
    )
}
