// SPDX-License-Identifier: Apache-2.0

/// A value and the place in a file where it was read.
package struct Located<Value> {
    package let value: Value
    package let location: SourceLocation
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}

extension Located where Value == ArraySlice<UInt8> {
    /// The location of the character that begins at this place of the text.
    func location(at place: Int) -> SourceLocation {
        let before = value.prefix(place)
        let line = before.lastIndex(of: UInt8(ascii: "\n"))
        let characters = before[(line.map { $0 + 1 } ?? before.startIndex)...].filter { $0 & 0xC0 != 0x80 }
        return SourceLocation(
            file: location.file, line: location.line + before.count { $0 == UInt8(ascii: "\n") },
            column: (line == nil ? location.column : 1) + characters.count)
    }
}
