// SPDX-License-Identifier: Apache-2.0

/// Keys: section "Keys" of the specification.
extension Scanner {
    /// Reads a bare, quoted or dotted key, and the blanks after it.
    mutating func readKey() throws(TOMLError) -> DottedKey {
        var key = DottedKey(last: try readKeyPart())
        skipBlanks()
        while skip(.dot) {
            skipBlanks()
            guard key.parents.count + 1 < limits.keyParts else { throw error(.keyTooLong(limit: limits.keyParts)) }
            key.parents.append(key.last)
            key.last = try readKeyPart()
            skipBlanks()
        }
        return key
    }

    /// Reads a bare or quoted key.
    mutating func readKeyPart() throws(TOMLError) -> TOMLKey {
        let position = position
        let start = offset
        if let quote = next, quote == .quote || quote == .apostrophe {
            guard peek(1) != quote || peek(2) != quote else { throw error(.multilineKey) }
            let name = try readLineString()
            return TOMLKey(name: name, span: span(from: position, start))
        }
        while let byte = next, byte.isBareKey { skip() }
        guard offset > start else { throw unexpected(.key) }
        return TOMLKey(name: text(start..<offset), span: span(from: position, start))
    }
}
