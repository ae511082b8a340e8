//! Is each format true to its own evidence, and do the formats agree with each other?

use std::collections::BTreeSet;

use toml::Spanned;

use super::super::pattern::{self, Set, Shape};
use super::super::rules::{BASES, one_of};
use super::super::{Places, Problem, Table, is_day};
use super::{ANY, FORMATS, Family, Format, Formats, NAMED, POSTCODE, ReadIdentifier};

pub(super) fn judge_formats<'a>(
    table: &'a Table<Formats>,
    publications: &[&str],
    problems: &mut Vec<Problem>,
) -> Vec<Family<'a>> {
    let places = &table.places;
    let mut families: Vec<Family<'a>> = Vec::new();
    let mut ids = BTreeSet::new();
    for row in &table.rows.format {
        let id = row.id.get_ref().as_str();
        judge_id(&row.id, &mut ids, "format", places, problems);
        row.name.judge(places, problems);
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

pub(super) fn judge_id<'a>(
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

pub(super) fn judge_publications(
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

pub(super) fn judge_pattern(
    id: &str,
    pattern: &Spanned<String>,
    places: &Places,
    problems: &mut Vec<Problem>,
) -> Vec<Shape> {
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
pub(super) struct Examples<'a> {
    pub(super) fit: [&'a Vec<Spanned<String>>; 3],
    pub(super) unfit: &'a Vec<Spanned<String>>,
}

impl Examples<'_> {
    pub(super) fn judge(&self, id: &Spanned<String>, shapes: &[Shape], places: &Places, problems: &mut Vec<Problem>) {
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
pub(super) fn judge_overlaps(families: &[Family<'_>], places: &Places, problems: &mut Vec<Problem>) {
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
pub(super) fn judge_against_postcodes(
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

/// `2021`, `2021-02` or `2021-02-28`.
fn is_date_or_part(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    is_day(&whole)
}
