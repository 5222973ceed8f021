// SPDX-License-Identifier: Apache-2.0

extension [String] {
    /// More names than this are counted and not listed.
    package static var listed: Int { 6 }

    /// Names in a sentence: "a, b, c, d, e, f and 25 others".
    package var nameList: String {
        let shown = prefix(Self.listed).joined(separator: ", ")
        return count > Self.listed ? "\(shown) and \(count - Self.listed) others" : shown
    }
}
