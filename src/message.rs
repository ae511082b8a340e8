//! Which words say it? A rule, a language and the params become one sentence. The only room with words.

use crate::date::{Date, MONTHS, WELSH_MONTHS};
use crate::fault::Fault;
use crate::finding::{DatePart, Param};
use crate::tables::{MessageRow, RuleId, Text, Words};
use crate::text::{capital, concat, cut, joined, number, push_number, small_letter, to_usize};

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

/// The names in curly brackets.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, from)) = cut(rest, b'{') {
        // A bracket that is not closed before the next one opens is none.
        let inside = cut(from, b'{').map_or(from, |(inside, _)| inside);
        if let Some((name, _)) = cut(inside, b'}') {
            names.push(name);
        }
        rest = from;
    }
    names
}

/// The sentence of a rule. `dspt_box` chooses the words for a DSPT code box; `params` fill the placeholders, and a param
/// named `found` chooses between several sentences.
pub(crate) fn message(rule: RuleId, dspt_box: bool, params: &[(&'static str, Param)], language: Language) -> String {
    let found = params.iter().find_map(|(name, value)| match value {
        Param::Text(text) if *name == "found" => Some(text.as_str()),
        _ => None,
    });
    let fits =
        |row: &&MessageRow| (dspt_box || !row.dspt_box) && (row.found == Text::NONE || row.found.some() == found);
    let exact = |row: &&MessageRow| u8::from(row.dspt_box) + 2 * u8::from(row.found != Text::NONE);
    let Some(row) = rule.row().messages.iter().filter(fits).max_by_key(exact) else {
        return String::new();
    };
    filled(language.of(row.words), params)
}

/// `30 June 2027`, as the NHS writes days.
pub(crate) fn day_in_words(day: Date, language: Language) -> String {
    let months = match language {
        Language::English => MONTHS,
        Language::Welsh => WELSH_MONTHS,
    };
    let month = months.get(usize::from(day.month()) - 1).copied().unwrap_or_default();
    concat(&[
        &number(usize::from(day.day())),
        " ",
        month,
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
    let words: Vec<&str> = parts.iter().map(word).collect();
    let and = match language {
        Language::English => " and ",
        Language::Welsh => " a ",
    };
    joined(&words, and)
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
    let mut letters = label.chars();
    let (first, second) = (letters.next(), letters.next());
    match first {
        Some(first) if !second.is_some_and(|second| small_letter(second) != second || second.is_ascii_digit()) => {
            std::iter::once(small_letter(first))
                .chain(label.chars().skip(1))
                .collect()
        }
        _ => label.to_owned(),
    }
}

/// A label at the start of a sentence.
pub(crate) fn label_first(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) => std::iter::once(capital(first)).chain(letters).collect(),
        None => String::new(),
    }
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
