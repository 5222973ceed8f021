// SPDX-License-Identifier: Apache-2.0

/// Whether a program needs another file, its dynamic loader, to start (elf(5), PT_INTERP).
package enum ELFLoader {
    /// How much of a file is looked at, in bytes; linkers put the segments' headers right behind the file's.
    package static let window = 4096

    /// Where a program names its loader.
    package enum Requirement: Hashable, Sendable {
        case none
        /// The path, with its closing NUL: where it begins in the file and how long it is, in bytes.
        case path(offset: Int, size: Int)
    }

    /// `PT_INTERP`.
    private static let interpreterSegment: UInt64 = 3

    /// - Parameter start: the first bytes of a file.
    /// - Returns: whether it names a loader; nil where that cannot be told.
    package static func isNeeded(_ start: [UInt8]) -> Bool? { requirement(start).map { $0 != .none } }

    /// - Parameter start: the first bytes of a file.
    /// - Returns: where it names one; nil where that cannot be told.
    package static func requirement(_ start: [UInt8]) -> Requirement? {
        guard let header = ELFHeader(start), header.segmentTable <= UInt64(window), header.segmentSize > 0 else {
            return nil
        }
        let layout = ELFHeader.Layout(header.identity.elfClass)
        let fields = ELFFields(bytes: start, identity: header.identity)
        for index in 0..<header.segmentCount {
            let segment = Int(header.segmentTable) + index * header.segmentSize
            guard let type = fields.number(at: segment, size: 4) else { return nil }
            guard type == interpreterSegment else { continue }
            guard let offset = fields.number(at: segment + layout.segmentOffset, size: layout.wordSize),
                let size = fields.number(at: segment + layout.segmentFileSize, size: layout.wordSize),
                let offset = Int(exactly: offset), let size = Int(exactly: size)
            else { return nil }
            return .path(offset: offset, size: size)
        }
        return Requirement.none
    }
}
