// SPDX-License-Identifier: Apache-2.0

/// The text of a key or value in the file: where it begins, as an editor shows it, and which bytes it takes.
public struct SourceSpan: Hashable, Sendable {
    /// The place of the first character.
    public let start: SourcePosition
    private let offset: UInt32
    private let length: UInt32

    init(start: SourcePosition, bytes: Range<Int>) {
        self.start = start
        offset = UInt32(clamping: bytes.lowerBound)
        length = UInt32(clamping: bytes.count)
    }

    /// The offsets of the bytes in the file.
    public var bytes: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}
