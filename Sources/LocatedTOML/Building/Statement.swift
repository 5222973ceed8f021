// SPDX-License-Identifier: Apache-2.0

/// The statement on one line of a file, or on the lines of one value.
enum Statement {
    /// A blank line or a comment.
    case nothing
    /// `key = value`
    case pair(DottedKey, TOMLValue)
    /// `[name]`
    case table(DottedKey, SourceSpan)
    /// `[[name]]`
    case arrayElement(DottedKey, SourceSpan)
}
