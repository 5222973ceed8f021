// SPDX-License-Identifier: Apache-2.0

/// A key of one part or more. Most have one, and cost no array.
struct DottedKey {
    /// The parts before the last, each of which names a table.
    var parents: [TOMLKey] = []
    var last: TOMLKey
}
