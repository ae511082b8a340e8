//! Can each row of the lists be found, and does it agree with the formats? Types of organisation, default codes, stop words
//! and look-alikes.

use std::collections::BTreeSet;

use toml::Spanned;

use super::super::pattern;
use super::super::rules::{BASES, one_of};
use super::super::{Places, Problem, Table, words};
use super::format::judge_publications;
use super::{ANY, Family, KINDS, Kinds, Lookalikes, Placeholders, StopWords};

pub(super) fn judge_kinds(
    table: &Table<Kinds>,
    families: &[Family<'_>],
    types: &[String],
    problems: &mut Vec<Problem>,
) {
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
pub(super) fn usual_lengths(text: &str) -> Vec<usize> {
    let numbers: Option<Vec<usize>> = text.split(" or ").map(|number| number.parse().ok()).collect();
    numbers.unwrap_or_default()
}

pub(super) fn judge_placeholders(
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

pub(super) fn judge_stop_words(table: &Table<StopWords>, families: &[Family<'_>], problems: &mut Vec<Problem>) {
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

pub(super) fn judge_lookalikes(table: &Table<Lookalikes>, problems: &mut Vec<Problem>) {
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

pub(super) fn code_point(text: &str) -> Option<char> {
    let number = text.strip_prefix("U+").filter(|number| number.len() >= 4)?;
    char::from_u32(u32::from_str_radix(number, 16).ok()?)
}
