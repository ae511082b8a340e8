//! Are the ODS tables true to their own evidence? Formats, kinds, default codes, stop words, look-alikes and the
//! references of other kinds.

mod format;
mod identifier;
mod list;
mod written;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use self::format::{judge_against_postcodes, judge_formats, judge_overlaps};
use self::identifier::judge_identifiers;
use self::list::{judge_kinds, judge_lookalikes, judge_placeholders, judge_stop_words};
use self::written::{Shapes, families_as_rust, in_order, kinds_as_rust, lookalikes_as_rust, others_as_rust};
use super::known::Known;
use super::pattern::Shape;
use super::questions::Words;
use super::rules;
use super::{Header, Problem, Sources, Table, Written};

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
    name: Words,
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

/// An identifier whose pattern could be read.
struct ReadIdentifier<'a> {
    row: &'a Identifier,
    id: &'a str,
    shapes: Vec<Shape>,
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
    let families = in_order(&families);
    let types = known.options_of(TYPE_QUESTION);
    let kinds = &kinds.rows.kind;
    let mut rows = families_as_rust(&families, kinds, types, &mut shapes);
    rows.push_str(&kinds_as_rust(kinds, types));
    let codes = placeholders
        .rows
        .placeholder
        .iter()
        .map(|row| row.code.get_ref().as_str())
        .collect();
    let mut words = vec![("DEFAULT_CODE", codes)];
    for (name, r#use) in [("PLACEHOLDER", "placeholder"), ("LABEL", "label"), ("ENDING", "ending")] {
        let chosen = stop_words
            .rows
            .words
            .row
            .iter()
            .filter(|row| row.r#use.get_ref() == r#use)
            .map(|row| row.word.get_ref().as_str())
            .collect();
        words.push((name, chosen));
    }
    rows.push_str(&others_as_rust(families.len(), &words, &identifiers_read, &mut shapes));
    rows.push_str(&shapes.as_rust());
    rows.push_str(&lookalikes_as_rust(&lookalikes.rows));
    written.rows.push_str(&rows);
}

fn read<T: DeserializeOwned + Opened>(sources: &Sources, file: &str, problems: &mut Vec<Problem>) -> Option<Table<T>> {
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
