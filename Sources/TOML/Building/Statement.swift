// SPDX-License-Identifier: Apache-2.0

/// What one line of a file says, or the lines of one value.
enum Statement {
    /// A blank line or a comment.
    case nothing
    /// `key = value`
    case pair(DottedKey, TOMLValue)
    /// `[name]`
    case table(DottedKey, SourcePosition)
    /// `[[name]]`
    case arrayElement(DottedKey, SourcePosition)
}
