// SPDX-License-Identifier: Apache-2.0

/// Whether a program needs another file, its dynamic loader, to start (elf(5), PT_INTERP).
package enum ELFLoader {
    /// How much of a file is looked at, in bytes; linkers put the program headers right behind the file's.
    package static let window = 4096

    /// Where a program names its loader.
    package enum Requirement: Hashable, Sendable {
        case none
        /// The path, with its closing NUL: where it begins in the file and how long it is, in bytes.
        case path(offset: Int, size: Int)
    }

    /// - Parameter start: the first bytes of a file.
    /// - Returns: whether it names a loader; nil where that cannot be told.
    package static func isNeeded(_ start: [UInt8]) -> Bool? { requirement(start).map { $0 != .none } }

    /// - Parameter start: the first bytes of a file.
    /// - Returns: where it names one; nil where that cannot be told.
    package static func requirement(_ start: [UInt8]) -> Requirement? {
        guard let elf = ELFIdentity(header: start) else { return nil }
        let is64 = elf.elfClass == .bits64
        func number(at offset: Int, _ size: Int) -> Int? {
            guard offset >= 0, offset <= start.count - size else { return nil }
            let bytes = start[offset..<offset + size]
            let ordered = elf.byteOrder == .big ? Array(bytes) : bytes.reversed()
            return Int(exactly: ordered.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
        guard let table = is64 ? number(at: 32, 8) : number(at: 28, 4),
            let size = number(at: is64 ? 54 : 42, 2), let count = number(at: is64 ? 56 : 44, 2),
            table <= window, size > 0
        else { return nil }
        let interpreterSegment = 3
        for index in 0..<count {
            let header = table + index * size
            guard let type = number(at: header, 4) else { return nil }
            guard type == interpreterSegment else { continue }
            guard let offset = is64 ? number(at: header + 8, 8) : number(at: header + 4, 4),
                let length = is64 ? number(at: header + 32, 8) : number(at: header + 16, 4)
            else { return nil }
            return .path(offset: offset, size: length)
        }
        return Requirement.none
    }
}
