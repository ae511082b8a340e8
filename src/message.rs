//! Which words say it? A rule, a language and the params become one sentence. The only room with words.

use crate::date::{Date, MONTHS, WELSH_MONTHS};
use crate::fault::Fault;
use crate::finding::{DatePart, Param};
use crate::tables::{RuleId, Text, Words};
use crate::text::{capital, concat, cut, joined, number, pieces, push_number, small_letter, to_usize};

/// The languages a report can be in. Welsh falls back to English for a message that no qualified translator has supplied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

impl Language {
    /// `en` or `cy`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }

    /// The words in this language.
    pub(crate) fn of(self, words: Words) -> &'static str {
        match self {
            Self::Welsh => words.cy.some().unwrap_or_else(|| words.en.as_str()),
            Self::English => words.en.as_str(),
        }
    }
}

impl std::str::FromStr for Language {
    type Err = Fault;

    fn from_str(code: &str) -> Result<Self, Fault> {
        match code {
            "en" => Ok(Self::English),
            "cy" => Ok(Self::Welsh),
            other => Err(Fault::expected("options.language", "en or cy", other)),
        }
    }
}

/// Adds the names in curly brackets to those that are known, each once.
pub(crate) fn add_placeholders<'a>(text: &'a str, names: &mut Vec<&'a str>) {
    let mut rest = text;
    while let Some((_, from)) = cut(rest, b'{') {
        // A bracket that is not closed before the next one opens is none.
        let inside = cut(from, b'{').map_or(from, |(inside, _)| inside);
        if let Some((name, _)) = cut(inside, b'}')
            && !names.contains(&name)
        {
            names.push(name);
        }
        rest = from;
    }
}

/// The sentence of a rule. `dspt_box` chooses the words for a DSPT code box; `params` fill the placeholders, and a param
/// named `found` chooses between several sentences.
pub(crate) fn message(rule: RuleId, dspt_box: bool, params: &[(&'static str, Param)], language: Language) -> String {
    let mut found = None;
    for (name, value) in params {
        if let Param::Text(text) = value
            && *name == "found"
        {
            found = Some(text.as_str());
        }
    }
    // Of the sentences that fit, the one that says most of what it is for.
    let mut best: (u8, Option<Words>) = (0, None);
    for row in rule.row().messages.iter() {
        let exact = u8::from(row.dspt_box) + 2 * u8::from(row.found != Text::NONE);
        let fits = (dspt_box || !row.dspt_box) && (row.found == Text::NONE || row.found.some() == found);
        if fits && exact >= best.0 {
            best = (exact, Some(row.words));
        }
    }
    best.1
        .map_or_else(String::new, |words| filled(language.of(words), params))
}

/// `30 June 2027`, as the NHS writes days.
pub(crate) fn day_in_words(day: Date, language: Language) -> String {
    let months = match language {
        Language::English => MONTHS,
        Language::Welsh => WELSH_MONTHS,
    };
    let months = pieces(months, b'|');
    let month = months.get(usize::from(day.month()) - 1);
    concat(&[
        &number(usize::from(day.day())),
        " ",
        month.copied().unwrap_or_default(),
        " ",
        &number(usize::from(day.year())),
    ])
}

/// `2025 to 2026`: an edition of the DSPT, as messages name it.
pub(crate) fn years_in_words(first_year: u16, language: Language) -> String {
    let to = match language {
        Language::English => " to ",
        Language::Welsh => " i ",
    };
    let first = usize::from(first_year);
    concat(&[&number(first), to, &number(first + 1)])
}

/// `2025 to 2026 (version 8)`: an edition of the DSPT, as a page offers it.
pub(crate) fn edition_in_words(first_year: u16, version: u8, language: Language) -> String {
    let name = match language {
        Language::English => " (version ",
        Language::Welsh => " (fersiwn ",
    };
    concat(&[
        &years_in_words(first_year, language),
        name,
        &number(usize::from(version)),
        ")",
    ])
}

/// `a day`, or `a day and a month`: the parts of a date that are missing.
pub(crate) fn parts_in_words(parts: &[DatePart], language: Language) -> String {
    let word = |part: &DatePart| match (language, part) {
        (Language::English, DatePart::Day) => "a day",
        (Language::English, DatePart::Month) => "a month",
        (Language::English, DatePart::Year) => "a year",
        (Language::Welsh, DatePart::Day) => "diwrnod",
        (Language::Welsh, DatePart::Month) => "mis",
        (Language::Welsh, DatePart::Year) => "blwyddyn",
    };
    let and = match language {
        Language::English => " and ",
        Language::Welsh => " a ",
    };
    let mut words = String::new();
    for part in parts {
        if !words.is_empty() {
            words.push_str(and);
        }
        words.push_str(word(part));
    }
    words
}

/// `Standards Met or Standards Exceeded`.
pub(crate) fn one_of_in_words(words: &[&str], language: Language) -> String {
    let or = match language {
        Language::English => " or ",
        Language::Welsh => " neu ",
    };
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => concat(&[&joined(others, ", "), or, last]),
    }
}

/// A label inside a sentence: its first letter small, unless its second is a capital or a digit (`ODS code`).
pub(crate) fn label_inside(label: &str) -> String {
    let second = label.chars().nth(1);
    if second.is_some_and(|second| small_letter(second) != second || second.is_ascii_digit()) {
        return label.to_owned();
    }
    with_first(label, small_letter)
}

/// A label at the start of a sentence.
pub(crate) fn label_first(label: &str) -> String {
    with_first(label, capital)
}

/// A text with another first character.
fn with_first(text: &str, other: fn(char) -> char) -> String {
    let mut rest = text.chars();
    let mut whole = String::with_capacity(text.len());
    if let Some(first) = rest.next() {
        whole.push(other(first));
        whole.push_str(rest.as_str());
    }
    whole
}

/// Puts the params in the place of their names. A name without a param stays as it is: better a bracket than a gap.
pub(crate) fn filled(text: &str, params: &[(&'static str, Param)]) -> String {
    let mut whole = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, from)) = cut(rest, b'{') {
        whole.push_str(before);
        let Some((name, after)) = cut(from, b'}') else {
            whole.push('{');
            rest = from;
            continue;
        };
        match params.iter().find(|(known, _)| *known == name) {
            Some((_, Param::Text(value))) => whole.push_str(value),
            // The NHS content style has a comma for thousands.
            Some((_, Param::Number(value))) => push_number(&mut whole, to_usize(*value), Some(',')),
            None => {
                whole.push('{');
                whole.push_str(name);
                whole.push('}');
            }
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_by_name_and_numbers_have_a_comma_for_thousands() {
        let params = [("label", Param::Text("Notes".to_owned())), ("max", Param::Number(2000))];
        assert_eq!(
            filled("{label} must be {max} characters or fewer", &params),
            "Notes must be 2,000 characters or fewer"
        );
        assert_eq!(filled("{max} of {other} {", &params), "2,000 of {other} {");
        assert_eq!(filled("{max}", &[("max", Param::Number(1_000_000))]), "1,000,000");
        assert_eq!(filled("{max}", &[("max", Param::Number(999))]), "999");
    }
}
