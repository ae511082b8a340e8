//! Finds the mistakes in an application for the National Care Records Service before it is sent.
//!
//! Answers go in, findings come out. The map of the rooms:
//!
//! | room | answers |
//! | --- | --- |
//! | [`finding`] | what does a check say? |
//! | [`message`] | which words say it? |
//! | [`ods`] | can this text be an ODS code, and of what? |
//! | `tables` | the rows that the rest reads |
//! | `text` | what is a character worth, before any rule asks? |

pub mod answers;
mod context;
pub mod date;
mod dspt;
mod fault;
pub mod finding;
mod form;
mod identifier;
mod profile;
pub mod message;
pub mod ods;
mod tables;
mod text;
