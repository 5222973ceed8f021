// SPDX-License-Identifier: Apache-2.0

extension Array where Element: CustomStringConvertible {
    /// The number of names that are listed; the others are counted.
    package static var listed: Int { 6 }

    /// Names in a sentence: "a, b, c, d, e, f and 25 others".
    package var nameList: String {
        let shown = prefix(Self.listed).map(\.description).joined(separator: ", ")
        return count > Self.listed ? "\(shown) and \(count - Self.listed) others" : shown
    }
}
