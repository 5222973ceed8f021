// SPDX-License-Identifier: Apache-2.0

/// The limits of a file. Exceeding one is an error, never a crash.
///
/// The specification sets none of these. They bound memory and the depth of recursion: no tree is deeper than
/// `2 * keyParts` tables and arrays of a header, `keyParts` of a dotted key and `nesting` of its value.
public enum TOMLLimits {
    /// The size of a file, in bytes.
    public static let fileSize = 1 << 20

    /// The maximum nesting of arrays and inline tables, counted together.
    ///
    /// In an inline table each dot of a dotted key counts as one level too, because it makes a table.
    public static let nesting = 64

    /// The maximum number of parts of a dotted key or of the name in a header.
    public static let keyParts = 64

    /// The maximum number of errors that a recovering reader lists; it stops reading at the last one.
    public static let errors = 64
}
