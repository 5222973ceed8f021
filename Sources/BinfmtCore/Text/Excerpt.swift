// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The number of bytes that a text from a file may take in a message.
    package static let excerptLength = 1000

    /// The text, cut after ``excerptLength`` bytes.
    package var excerpt: String {
        guard utf8.count > Self.excerptLength else { return self }
        var end = utf8.index(startIndex, offsetBy: Self.excerptLength)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return self[..<end] + "…"
    }
}
