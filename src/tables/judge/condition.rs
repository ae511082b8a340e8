//! What does a condition say? Reads `end_user and pds.access_methods has pds_mesh` and writes it as Rust.
//!
//! `A = v` · `A in v w` · `A in list l` · `A has v` · `A is answered` · `A is blank` · a name, joined by `and`, `or` and
//! `not`. `and` binds tighter than `or`; `not` takes the next condition.

use std::collections::BTreeSet;

/// What a condition may name, and how that is written in Rust.
pub(super) trait Names {
    /// The constant of a question, or why there is none.
    fn question(&self, name: &str) -> Result<String, String>;
    /// The number of an option of a question.
    fn option(&self, question: &str, value: &str) -> Result<usize, String>;
    /// The constant of a list.
    fn list(&self, name: &str) -> Result<String, String>;
    /// The Rust of a named condition and the questions it reads.
    fn condition(&self, name: &str) -> Option<(String, BTreeSet<String>)>;
}

/// A condition as Rust, and the questions it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) rust: String,
    pub(super) reads: BTreeSet<String>,
}

pub(super) fn read(text: &str, names: &dyn Names) -> Result<Condition, String> {
    let mut reader = Reader {
        words: text.split_whitespace().collect(),
        at: 0,
        names,
        reads: BTreeSet::new(),
    };
    let rust = reader.any()?;
    if let Some(word) = reader.words.get(reader.at) {
        return Err(format!("\"{word}\" stands where `and`, `or` or the end was expected"));
    }
    Ok(Condition {
        rust,
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

    fn any(&mut self) -> Result<String, String> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(joined("Any", parts))
    }

    fn all(&mut self) -> Result<String, String> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(joined("All", parts))
    }

    fn one(&mut self) -> Result<String, String> {
        if self.take("not") {
            return Ok(format!("Condition::Not(&{})", self.one()?));
        }
        let name = self.next("a question or the name of a condition")?;
        if !name.contains('.') {
            let (rust, reads) = self
                .names
                .condition(name)
                .ok_or_else(|| format!("there is no condition \"{name}\""))?;
            self.reads.extend(reads);
            return Ok(rust);
        }
        let question = self.names.question(name)?;
        self.reads.insert(name.to_owned());
        match self.next("=, in, has or is")? {
            "=" => {
                let value = self.next("an option")?;
                Ok(format!(
                    "Condition::Is({question}, {})",
                    self.names.option(name, value)?
                ))
            }
            "has" => {
                let value = self.next("an option")?;
                Ok(format!(
                    "Condition::Has({question}, {})",
                    self.names.option(name, value)?
                ))
            }
            "in" if self.take("list") => {
                let list = self.next("the name of a list")?;
                Ok(format!("Condition::InList({question}, {})", self.names.list(list)?))
            }
            "in" => {
                let mut options = Vec::new();
                while let Some(value) = self.words.get(self.at).filter(|word| !matches!(**word, "and" | "or")) {
                    options.push(self.names.option(name, value)?.to_string());
                    self.at += 1;
                }
                if options.is_empty() {
                    return Err("`in` names no option".to_owned());
                }
                Ok(format!("Condition::In({question}, &[{}])", options.join(", ")))
            }
            "is" => match self.next("answered or blank")? {
                "answered" => Ok(format!("Condition::Answered({question})")),
                "blank" => Ok(format!("Condition::Blank({question})")),
                other => Err(format!("`is {other}` is not known; write `is answered` or `is blank`")),
            },
            other => Err(format!("\"{other}\" stands where =, in, has or is was expected")),
        }
    }
}

fn joined(how: &str, mut parts: Vec<String>) -> String {
    if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        format!("Condition::{how}(&[{}])", parts.join(", "))
    }
}
