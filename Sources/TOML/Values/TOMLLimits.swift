// SPDX-License-Identifier: Apache-2.0

/// What a file may ask of the reader; beyond a limit stands an error, never a crash.
///
/// The specification sets none of these. They bound memory and the depth of recursion: no tree is deeper than
/// `2 * keyParts` tables and arrays of a header, `keyParts` of a dotted key and `nesting` of its value.
public enum TOMLLimits {
    /// The size of a file, in bytes.
    public static let fileSize = 1 << 20

    /// How deep arrays and inline tables may stand in each other, counted together.
    ///
    /// In an inline table each dot of a dotted key counts as one level too, for it makes a table.
    public static let nesting = 64

    /// How many parts a dotted key or the name in a header may have.
    public static let keyParts = 64

    /// How many errors a recovering reader lists; at the last of them it stops reading.
    public static let errors = 64
}
