//! Can this text be an ODS code, and of what?
