// SPDX-License-Identifier: Apache-2.0

/// The fields of an ELF file's header that say what it is and where its segments' headers are (elf(5)).
struct ELFHeader {
    let identity: ELFIdentity
    /// `e_type`.
    let type: UInt16
    /// `e_phoff`: where the segments' headers begin, in bytes from the start of the file.
    let segmentTable: UInt64
    /// `e_phentsize`, in bytes.
    let segmentSize: Int
    /// `e_phnum`.
    let segmentCount: Int

    /// - Parameter start: the first bytes of a file.
    /// - Returns: nil if they are not a whole ELF header.
    init?(_ start: [UInt8]) {
        guard let identity = ELFIdentity(header: start) else { return nil }
        let layout = Layout(identity.elfClass)
        guard start.count >= layout.headerSize else { return nil }
        let fields = ELFFields(bytes: start, identity: identity)
        guard let type = fields.number(at: 16, size: 2),
            let table = fields.number(at: layout.segmentTable, size: layout.wordSize),
            let size = fields.number(at: layout.segmentSizeField, size: 2),
            let count = fields.number(at: layout.segmentCount, size: 2)
        else { return nil }
        self.identity = identity
        self.type = UInt16(type)
        segmentTable = table
        segmentSize = Int(size)
        segmentCount = Int(count)
    }

    /// `e_type` of programs: at a fixed address, and at any.
    static let executable: UInt16 = 2
    static let sharedObject: UInt16 = 3

    /// Where the fields are, in bytes from the start of the file or of a segment's header, and how long things are.
    struct Layout {
        let wordSize: Int
        let headerSize: Int
        let segmentTable: Int
        let segmentSizeField: Int
        let segmentCount: Int
        /// The size of a segment's header.
        let segmentSize: Int
        /// `p_offset` and `p_filesz` in a segment's header.
        let segmentOffset: Int
        let segmentFileSize: Int

        init(_ elfClass: ELFIdentity.Class) {
            switch elfClass {
            case .bits32:
                (wordSize, headerSize, segmentTable, segmentSizeField, segmentCount) = (4, 52, 28, 42, 44)
                (segmentSize, segmentOffset, segmentFileSize) = (32, 4, 16)
            case .bits64:
                (wordSize, headerSize, segmentTable, segmentSizeField, segmentCount) = (8, 64, 32, 54, 56)
                (segmentSize, segmentOffset, segmentFileSize) = (56, 8, 32)
            }
        }
    }
}

/// Numbers in the byte order of an ELF file.
struct ELFFields {
    let bytes: [UInt8]
    let identity: ELFIdentity

    /// - Returns: nil where the bytes end before the number does.
    func number(at offset: Int, size: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        let field = bytes[offset..<offset + size]
        let bigEndian = identity.byteOrder == .big ? Array(field) : field.reversed()
        return bigEndian.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
}
