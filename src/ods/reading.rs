//! What does a person mean to have typed? The readings of a text on which every step agrees.

use std::borrow::Cow;

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
        let code = text.contains([' ', '-']).then(|| {
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
    pub(super) fn without_spaces(&self) -> Cow<'_, str> {
        if self.text.contains(' ') {
            Cow::Owned(self.text.chars().filter(|character| *character != ' ').collect())
        } else {
            Cow::Borrowed(&self.text)
        }
    }

    /// Only the letters and numbers of the text.
    pub(super) fn key(&self) -> String {
        self.text.chars().filter(char::is_ascii_alphanumeric).collect()
    }

    /// The longest runs of letters and numbers.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &str> {
        self.text
            .split(|character: char| !character.is_ascii_alphanumeric())
            .filter(|token| !token.is_empty())
    }

    /// True when the text has a space.
    pub(super) fn has_space(&self) -> bool {
        self.text.contains(' ')
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
