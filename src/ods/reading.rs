//! What does a person mean to have typed? The readings of a text on which every step agrees.

use std::borrow::Cow;

use super::scan::{holds, kept};
use crate::text::{fold, is_blank};

/// A code has at most 9 characters, so nothing is lost, and a paste of megabytes costs no more than a page of text.
const LONGEST_READ: usize = 10_000;

/// A text that is not blank, as it is judged.
pub(super) struct Reading<'a> {
    text: Cow<'a, str>,
    /// None when it is the same as `text`.
    code: Option<String>,
}

impl<'a> Reading<'a> {
    /// The readings of a text; none of a blank one.
    #[inline(never)]
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if !text.is_empty() && text.len() <= LONGEST_READ && text.bytes().all(is_code_byte) {
            return Some(Self {
                text: Cow::Borrowed(text),
                code: None,
            });
        }
        let text = beginning(text);
        if is_blank(text) {
            return None;
        }
        let text = tidied(text);
        let code = holds(&text, b" -").then(|| {
            text.chars()
                .filter(|character| !matches!(character, ' ' | '-'))
                .collect()
        });
        Some(Self {
            text: Cow::Owned(text),
            code,
        })
    }

    /// The text in capitals, with one kind of space and of hyphen, and without marks at its ends.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text without spaces and hyphens.
    pub(super) fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.text)
    }

    /// The code as its owner.
    pub(super) fn into_code(self) -> String {
        self.code.unwrap_or_else(|| self.text.into_owned())
    }

    /// The text without spaces.
    #[inline(never)]
    pub(super) fn without_spaces(&self) -> Cow<'_, str> {
        if self.has_space() {
            Cow::Owned(kept(&self.text, |character| character != ' '))
        } else {
            Cow::Borrowed(&self.text)
        }
    }

    /// Only the letters and numbers of the text.
    pub(super) fn key(&self) -> String {
        kept(&self.text, is_code_character)
    }

    /// The longest runs of letters and numbers.
    pub(super) fn tokens(&self) -> Tokens<'_> {
        Tokens(&self.text)
    }

    /// True when the text has a space.
    pub(super) fn has_space(&self) -> bool {
        holds(&self.text, b" ")
    }
}

/// The tokens of a text, one by one.
#[derive(Clone)]
pub(super) struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let starts = self.0.bytes().position(is_code_byte)?;
        let rest = self.0.get(starts..)?;
        let ends = rest.bytes().position(|byte| !is_code_byte(byte)).unwrap_or(rest.len());
        let (token, rest) = rest.split_at_checked(ends)?;
        self.0 = rest;
        Some(token)
    }
}

/// True for A-Z and 0-9, of which every code is made.
pub(super) fn is_code_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// True for A-Z and 0-9.
pub(super) fn is_code_character(character: char) -> bool {
    character.is_ascii_uppercase() || character.is_ascii_digit()
}

/// As much of a text as is read.
fn beginning(text: &str) -> &str {
    if text.len() <= LONGEST_READ {
        return text;
    }
    match text.char_indices().nth(LONGEST_READ) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

fn tidied(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for character in text.chars().filter_map(fold) {
        let again = character == ' ' && tidied.ends_with(' ');
        if !(again || tidied.is_empty() && wraps(character)) {
            // ASCII only: a Unicode upper case would turn other letters into ours.
            tidied.push(character.to_ascii_uppercase());
        }
    }
    tidied.truncate(tidied.trim_end_matches(wraps).len());
    tidied
}

/// What stands round a code when it is copied out of a sentence, a cell or a list.
fn wraps(character: char) -> bool {
    matches!(
        character,
        ' ' | '-'
            | '\''
            | '"'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '*'
            | '#'
            | '='
            | '~'
            | '|'
            | '`'
            | '\u{B4}'
            | '\u{2018}'..='\u{201F}' | '\u{2026}' | '\u{AB}' | '\u{BB}'
    )
}

// Laws on made-up texts need a source of chance, which the wasm32 target has not.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::text::{is_dash, is_invisible, is_white_space, without_width};
    use proptest::prelude::*;

    /// The reading V made as `ods.md`, section 2 tells it: six steps, each over the whole text.
    fn in_six_steps(text: &str) -> String {
        let mut text: Vec<char> = text.chars().take(10_000).map(without_width).collect();
        text.retain(|character| !is_invisible(*character));
        for character in &mut text {
            if is_dash(*character) {
                *character = '-';
            }
        }
        for character in &mut text {
            if is_white_space(*character) {
                *character = ' ';
            }
        }
        text.dedup_by(|second, first| *first == ' ' && *second == ' ');
        for character in &mut text {
            *character = character.to_ascii_uppercase();
        }
        let marks = "' \" ( ) [ ] { } < > . , ; : ! ? * # = ~ | ` \u{B4} \u{2018} \u{2019} \u{201A} \u{201B} \u{201C} \
                     \u{201D} \u{201E} \u{201F} \u{2026} \u{AB} \u{BB} -";
        let wrapping = |character: &char| marks.contains(*character);
        while text.first().is_some_and(wrapping) {
            text.remove(0);
        }
        while text.last().is_some_and(wrapping) {
            text.pop();
        }
        text.into_iter().collect()
    }

    fn texts() -> impl Strategy<Value = String> {
        let near = prop::sample::select(vec![
            'a', 'Z', '0', '9', ' ', '\u{A0}', '\t', '-', '\u{2013}', '\u{2212}', '\u{200B}', '\u{AD}', '\u{FF21}',
            '\u{FF0D}', '\u{FF08}', '(', ')', '.', '/', '_', '+', '\'', '\u{201C}', '\u{B4}', '\u{DF}', '\u{131}',
            '\u{0}', '\u{2026}', '~', '\u{410}',
        ]);
        prop_oneof![
            any::<String>(),
            prop::collection::vec(near, 0..14).prop_map(String::from_iter),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn one_pass_reads_what_six_steps_read(text in texts()) {
            let expected = in_six_steps(&text);
            match Reading::of(&text) {
                None => prop_assert!(text.chars().all(|each| is_white_space(each) || is_invisible(each))),
                Some(reading) => {
                    prop_assert_eq!(reading.text(), &expected);
                    prop_assert_eq!(reading.code(), expected.replace([' ', '-'], ""));
                    prop_assert_eq!(reading.without_spaces(), expected.replace(' ', ""));
                    let key: String = expected.chars().filter(char::is_ascii_alphanumeric).collect();
                    prop_assert_eq!(reading.key(), key);
                }
            }
        }
    }

    #[test]
    fn no_unicode_letter_becomes_one_of_ours_by_its_case() {
        for letter in ["\u{DF}", "\u{131}", "\u{17F}", "\u{FB01}", "\u{212A}"] {
            assert_eq!(Reading::of(letter).unwrap().text(), letter);
        }
    }

    #[test]
    fn only_the_first_ten_thousand_characters_are_read() {
        let spaces = " ".repeat(9_997);
        assert_eq!(Reading::of(&format!("{spaces}RXK52")).unwrap().text(), "RXK");
        assert!(Reading::of(&format!("{}RXK", " ".repeat(10_000))).is_none());
        // Counted in characters, not in bytes.
        assert_eq!(
            Reading::of(&format!("{}RXK", "\u{2003}".repeat(9_999))).unwrap().text(),
            "R"
        );
    }
}
