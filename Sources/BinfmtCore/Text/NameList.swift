// SPDX-License-Identifier: Apache-2.0

extension Array where Element: CustomStringConvertible {
    /// The number of names that are listed; more are counted, unless it is one.
    package static var listed: Int { 6 }

    /// Names in a sentence: "a, b, c, d, e, f and 25 others".
    package var nameList: String {
        let shown = prefix(count == Self.listed + 1 ? count : Self.listed).map(\.description)
        let names = shown.joined(separator: ", ")
        return count > shown.count ? "\(names) and \(count - shown.count) others" : names
    }
}
