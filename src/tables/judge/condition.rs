//! What does a condition say? Reads `end_user and pds.access_methods has pds_mesh` and writes it as bytes.
//!
//! `A = v` · `A in v w` · `A in list l` · `A has v` · `A is answered` · `A is blank` · a name, joined by `and`, `or` and
//! `not`. `and` binds tighter than `or`; `not` takes the next condition.

use std::collections::BTreeSet;

/// What a condition may name, and the number it is written as.
pub(super) trait Names {
    /// The number of a question, or why there is none.
    fn question(&self, name: &str) -> Result<u8, String>;
    /// The number of an option of a question.
    fn option(&self, question: &str, value: &str) -> Result<u8, String>;
    /// The number of a list.
    fn list(&self, name: &str) -> Result<u8, String>;
    /// The bytes of a named condition and the questions it reads.
    fn condition(&self, name: &str) -> Option<Condition>;
}

/// A condition as bytes, and the questions it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) bytes: Vec<u8>,
    pub(super) reads: BTreeSet<String>,
}

// What each condition begins with. `Reader::condition` in `src/tables/rows.rs` reads them; 0 to 4 are decided in code. From
// `IS` on follow a question and one byte more.
const NOT: u8 = 5;
const ALL: u8 = 6;
const ANY: u8 = 7;
const IS: u8 = 8;
const HAS: u8 = 9;
const IN_LIST: u8 = 10;
const ANSWERED: u8 = 11;
const BLANK: u8 = 12;
const IN: u8 = 13;

pub(super) fn read(text: &str, names: &dyn Names) -> Result<Condition, String> {
    let mut reader = Reader {
        words: text.split_whitespace().collect(),
        at: 0,
        names,
        reads: BTreeSet::new(),
    };
    let bytes = reader.any()?;
    if let Some(word) = reader.words.get(reader.at) {
        return Err(format!("\"{word}\" stands where `and`, `or` or the end was expected"));
    }
    Ok(Condition {
        bytes,
        reads: reader.reads,
    })
}

struct Reader<'a> {
    words: Vec<&'a str>,
    at: usize,
    names: &'a dyn Names,
    reads: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn next(&mut self, expected: &str) -> Result<&'a str, String> {
        let word = self.words.get(self.at).copied();
        self.at += 1;
        word.ok_or_else(|| format!("the condition ends where {expected} was expected"))
    }

    fn take(&mut self, word: &str) -> bool {
        let taken = self.words.get(self.at) == Some(&word);
        self.at += usize::from(taken);
        taken
    }

    fn any(&mut self) -> Result<Vec<u8>, String> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(joined(ANY, parts))
    }

    fn all(&mut self) -> Result<Vec<u8>, String> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(joined(ALL, parts))
    }

    fn one(&mut self) -> Result<Vec<u8>, String> {
        if self.take("not") {
            return Ok([vec![NOT], self.one()?].concat());
        }
        let name = self.next("a question or the name of a condition")?;
        if !name.contains('.') {
            let named = self
                .names
                .condition(name)
                .ok_or_else(|| format!("there is no condition \"{name}\""))?;
            self.reads.extend(named.reads);
            return Ok(named.bytes);
        }
        let question = self.names.question(name)?;
        self.reads.insert(name.to_owned());
        match self.next("=, in, has or is")? {
            "=" => {
                let value = self.next("an option")?;
                Ok(vec![IS, question, self.names.option(name, value)?])
            }
            "has" => {
                let value = self.next("an option")?;
                Ok(vec![HAS, question, self.names.option(name, value)?])
            }
            "in" if self.take("list") => {
                let list = self.next("the name of a list")?;
                Ok(vec![IN_LIST, question, self.names.list(list)?])
            }
            "in" => {
                let mut options: Vec<u8> = Vec::new();
                while let Some(value) = self.words.get(self.at).filter(|word| !matches!(**word, "and" | "or")) {
                    options.push(self.names.option(name, value)?);
                    self.at += 1;
                }
                if options.is_empty() {
                    return Err("`in` names no option".to_owned());
                }
                Ok([vec![IN, question, counted(&options)], options].concat())
            }
            "is" => match self.next("answered or blank")? {
                "answered" => Ok(vec![ANSWERED, question, 0]),
                "blank" => Ok(vec![BLANK, question, 0]),
                other => Err(format!("`is {other}` is not known; write `is answered` or `is blank`")),
            },
            other => Err(format!("\"{other}\" stands where =, in, has or is was expected")),
        }
    }
}

fn joined(how: u8, mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        [vec![how, counted(&parts)], parts.concat()].concat()
    }
}

/// How many there are. Nobody writes a line with 256 of them.
fn counted<T>(parts: &[T]) -> u8 {
    u8::try_from(parts.len()).unwrap_or(u8::MAX)
}
