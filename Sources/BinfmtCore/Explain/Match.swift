// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel finds when it asks one entry whether a file is for it (`search_binfmt_handler` in
/// `fs/binfmt_misc.c`).
package enum Match: Hashable, Sendable {
    case taken
    /// So many bytes of the magic are as they should be, the next is not.
    case differs(Difference)
    /// The path does not end so.
    case extensionDiffers(FilenameExtension)
    case disabled
    /// The kernel says of the entry what this code does not understand.
    case unknown

    package struct Difference: Hashable, Sendable {
        /// How many bytes before it were looked at and are right; those that do not count left out.
        package let matched: Int
        /// From the start of the file.
        package let position: Int
        package let found: UInt8
        package let wanted: UInt8
        /// The bits that count.
        package let mask: UInt8
    }

    package init(_ entry: ObservedEntry, path: FilePath, header: [UInt8]) {
        guard case .success(let status) = entry.status else {
            self = .unknown
            return
        }
        guard status.isEnabled else {
            self = .disabled
            return
        }
        self.init(status.recognition, path: path, header: header)
    }

    init(_ recognition: Recognition, path: FilePath, header: [UInt8]) {
        switch recognition {
        case .magic(let pattern): self = pattern.difference(from: header).map(Match.differs) ?? .taken
        case .filenameExtension(let name):
            // What follows the last dot, wherever in the path that is.
            let bytes = path.bytes
            let end = bytes.lastIndex(of: UInt8(ascii: ".")).map { bytes[($0 + 1)...] }
            self = end?.elementsEqual(name.bytes) == true ? .taken : .extensionDiffers(name)
        }
    }
}

extension Recognition {
    /// Whether the kernel would take a file for this.
    package func matches(_ path: FilePath, _ header: [UInt8]) -> Bool {
        Match(self, path: path, header: header) == .taken
    }
}

extension MagicPattern {
    /// The first byte that keeps a file that begins with `header` from being matched; nil if it matches.
    func difference(from header: [UInt8]) -> Match.Difference? {
        var matched = 0
        for (index, bits) in mask.enumerated() where bits != 0 {
            let position = offset + index
            // Past the end of a short file the kernel sees zeros.
            let found = position < header.count ? header[position] : 0
            if (found ^ magic[index]) & bits != 0 {
                return Match.Difference(
                    matched: matched, position: position, found: found, wanted: magic[index], mask: bits)
            }
            matched += 1
        }
        return nil
    }
}

extension Match: CustomStringConvertible {
    package var description: String {
        switch self {
        case .taken: "takes it"
        case .differs(let difference): "\(difference)"
        case .extensionDiffers(let name): "the path does not end in .\(name)"
        case .disabled: "is disabled"
        case .unknown: "is of a kind that is not known here"
        }
    }
}

extension Match.Difference: CustomStringConvertible {
    package var description: String {
        let before = matched == 0 ? "" : "\(matched) \(matched == 1 ? "byte matches" : "bytes match"), "
        let bits = mask == 0xff ? "" : " (bits \(mask.hex))"
        return "\(before)byte \(position) is \(found.hex), not \(wanted.hex)\(bits)"
    }
}
