//! What did the page send? Names and texts as they arrived, nested or as pairs. Reading never fails.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Whether this build reads answers that came as an object.
pub(crate) const OBJECTS_ARE_READ: bool = cfg!(feature = "objects");

/// Answers as they arrived: nothing is judged, trimmed or changed.
///
/// Guaranteed: any object of objects and any list of `[name, value]` pairs can be held; the order of different names never
/// changes a report. With serde, both shapes are read from JSON.
///
/// ```
/// use ncrs_form_check::answers::Answers;
///
/// let nested: Answers = serde_json::from_str(r#"{ "organisation": { "ods_code": "A81001" } }"#)?;
/// let pairs: Answers = serde_json::from_str(r#"[["organisation.ods_code", "A81001"]]"#)?;
/// assert_eq!(nested.given(), pairs.given());
///
/// assert!(serde_json::from_str::<Answers>(r#""A81001""#).is_err(), "a text alone answers no question");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    given: Vec<(String, Given)>,
    nested: bool,
}

/// What stands under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A text, or a number, `true` or `false` as text.
    Text(String),
    /// An empty list: nothing was chosen.
    EmptyList,
    /// An empty object: a row or a date of which nothing was filled in.
    EmptyObject,
    /// Something that has no text, like a file.
    Misfit,
}

impl Answers {
    /// Answers from `[name, value]` pairs, as `FormData` gives them.
    ///
    /// ```
    /// use ncrs_form_check::answers::Answers;
    ///
    /// let answers = Answers::from_pairs([("organisation.ods_code", "A81001"), ("utf8", "✓")]);
    /// assert_eq!(answers.given().len(), 2);
    /// ```
    pub fn from_pairs<N: Into<String>, T: Into<String>>(pairs: impl IntoIterator<Item = (N, T)>) -> Self {
        Self {
            given: pairs
                .into_iter()
                .map(|(name, text)| (name.into(), Given::Text(text.into())))
                .collect(),
            nested: false,
        }
    }

    /// Every name and what stands under it, in the order in which they arrived.
    pub fn given(&self) -> &[(String, Given)] {
        &self.given
    }

    /// The answers as they are read.
    pub(crate) fn read(&self) -> Vec<Answer<'_>> {
        let mut answers = Vec::with_capacity(self.given.len());
        for (name, given) in &self.given {
            let stands = match given {
                Given::Text(text) => Stands::Text(text),
                Given::EmptyList => Stands::EmptyList,
                Given::EmptyObject => Stands::EmptyObject,
                Given::Misfit => Stands::Misfit,
            };
            answers.push(Answer { name, stands });
        }
        answers
    }

    /// True when the answers came as an object: then an unknown name is listed by its shortest unknown path.
    pub(crate) fn is_nested(&self) -> bool {
        self.nested
    }
}

/// One name and what stands under it, as it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) name: &'a str,
    pub(crate) stands: Stands<'a>,
}

/// [`Given`] without a text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands<'a> {
    Text(&'a str),
    EmptyList,
    EmptyObject,
    Misfit,
}

/// A value of a nested object, while it is taken apart.
enum Node {
    Absent,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn leaves(self, path: &str, leaves: &mut Vec<(String, Given)>) {
        match self {
            Self::Absent => {}
            Self::Text(text) => leaves.push((path.to_owned(), Given::Text(text))),
            Self::List(items) if items.is_empty() => leaves.push((path.to_owned(), Given::EmptyList)),
            Self::List(items) => {
                for (at, item) in items.into_iter().enumerate() {
                    item.leaves(&format!("{path}[{at}]"), leaves);
                }
            }
            Self::Object(parts) if parts.is_empty() && !path.is_empty() => {
                leaves.push((path.to_owned(), Given::EmptyObject))
            }
            Self::Object(parts) => {
                for (name, part) in parts {
                    let path = if path.is_empty() {
                        name
                    } else {
                        format!("{path}.{name}")
                    };
                    part.leaves(&path, leaves);
                }
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Nodes;

        impl<'de> Visitor<'de> for Nodes {
            type Value = Node;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a text, a number, true or false, a list or an object")
            }

            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Absent)
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
                // Written without an exponent and without `.0`: 24.0 is 24, and -0 is 0 as in JavaScript.
                Ok(Node::Text(if value == 0.0 {
                    "0".to_owned()
                } else {
                    value.to_string()
                }))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
                Ok(Node::Text(value.to_owned()))
            }

            fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
                Ok(Node::Text(value))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Node, A::Error> {
                let mut object = Vec::new();
                while let Some(part) = parts.next_entry()? {
                    object.push(part);
                }
                Ok(Node::Object(object))
            }
        }

        from.deserialize_any(Nodes)
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Node::deserialize(from)? {
            node @ Node::Object(_) => {
                let mut leaves = Vec::new();
                node.leaves("", &mut leaves);
                Ok(Self {
                    given: leaves,
                    nested: true,
                })
            }
            Node::List(pairs) => {
                let mut given = Vec::with_capacity(pairs.len());
                for pair in pairs {
                    match pair {
                        Node::List(pair) => match <[Node; 2]>::try_from(pair) {
                            Ok([Node::Text(name), Node::Text(text)]) => given.push((name, Given::Text(text))),
                            Ok([Node::Text(_), Node::Absent]) => {}
                            Ok([Node::Text(name), _]) => given.push((name, Given::Misfit)),
                            _ => return Err(D::Error::custom("answers: expected [name, value] pairs")),
                        },
                        _ => return Err(D::Error::custom("answers: expected [name, value] pairs")),
                    }
                }
                Ok(Self { given, nested: false })
            }
            _ => Err(D::Error::custom(
                "answers: expected an object or a list of [name, value] pairs",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Answers {
        serde_json::from_str(json).unwrap()
    }

    fn text(value: &str) -> Given {
        Given::Text(value.to_owned())
    }

    #[test]
    fn numbers_and_booleans_are_their_texts_and_null_is_absent() {
        let answers = read(r#"{ "a": { "b": 24.0, "c": true, "d": null, "e": 1e21, "f": -0.0, "g": 0.5 } }"#);
        assert_eq!(
            answers.given(),
            [
                ("a.b".to_owned(), text("24")),
                ("a.c".to_owned(), text("true")),
                ("a.e".to_owned(), text("1000000000000000000000")),
                ("a.f".to_owned(), text("0")),
                ("a.g".to_owned(), text("0.5")),
            ]
        );
    }

    #[test]
    fn rows_and_lists_are_named_by_their_index() {
        let answers =
            read(r#"{ "ra": { "users": [ { "name": "A", "activity_codes": ["B0370", "B0168"] }, null, {} ] } }"#);
        let names: Vec<&str> = answers.given().iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "ra.users[0].name",
                "ra.users[0].activity_codes[0]",
                "ra.users[0].activity_codes[1]",
                "ra.users[2]"
            ]
        );
    }

    #[test]
    fn what_is_neither_an_object_nor_pairs_is_refused_with_what_was_expected() {
        for json in ["1", "null", "[1]", r#"[["a"]]"#, r#"[["a","b","c"]]"#, r#"[[1,["b"]]]"#] {
            let refused = serde_json::from_str::<Answers>(json);
            if json == r#"[[1,["b"]]]"# {
                assert!(refused.is_ok(), "a number is a name too");
            } else {
                assert!(refused.unwrap_err().to_string().contains("expected"), "{json}");
            }
        }
    }
}
