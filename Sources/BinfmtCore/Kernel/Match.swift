// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel finds when it asks one entry whether a file is for it (`search_binfmt_handler` in
/// `fs/binfmt_misc.c`).
package enum Match: Hashable, Sendable {
    case taken
    case differs(MagicPattern.Mismatch)
    /// The path has another extension, or none.
    case extensionDiffers(FilenameExtension)
    case disabled
    /// A BPF handler decides, which only the kernel can ask.
    case decidedByHandler(BPFHandler)
    /// The kernel's text of the entry is not understood.
    case unknown

    package init(_ entry: ObservedEntry, path: FilePath, header: [UInt8]) {
        guard case .success(let status) = entry.status else {
            self = .unknown
            return
        }
        guard status.isEnabled else {
            self = .disabled
            return
        }
        guard let recognition = status.recognition else {
            self = .unknown
            return
        }
        self.init(recognition, path: path, header: header)
    }

    init(_ recognition: Recognition, path: FilePath, header: [UInt8]) {
        switch recognition {
        case .magic(let pattern): self = pattern.mismatch(in: header).map(Match.differs) ?? .taken
        case .filenameExtension(let name):
            // The kernel compares what follows the last dot, even if that is in a directory's name.
            let bytes = path.bytes
            let end = bytes.lastIndex(of: UInt8(ascii: ".")).map { bytes[($0 + 1)...] }
            self = end?.elementsEqual(name.bytes) == true ? .taken : .extensionDiffers(name)
        case .handler(let handler): self = .decidedByHandler(handler)
        }
    }
}

extension Recognition {
    /// Whether the kernel would take a file for this.
    package func matches(_ path: FilePath, _ header: [UInt8]) -> Bool {
        Match(self, path: path, header: header) == .taken
    }
}

extension Match {
    /// Whether an enabled entry may have taken the file, for all that can be known here.
    package var isUndecided: Bool {
        switch self {
        case .decidedByHandler, .unknown: true
        case .taken, .differs, .extensionDiffers, .disabled: false
        }
    }
}

extension Match: CustomStringConvertible {
    package var description: String {
        switch self {
        case .taken: "takes it"
        case .differs(let mismatch): "\(mismatch)"
        case .extensionDiffers(let name): "the path does not end in .\(name)"
        case .disabled: "is disabled"
        case .decidedByHandler(let handler):
            "asks the BPF handler '\(handler)', whose answer only the kernel knows"
                + (handler.interpreters.isEmpty ? "" : " (its interpreters: \(handler.interpreterList))")
        case .unknown: "is of a kind unknown to this version"
        }
    }
}

extension MagicPattern.Mismatch: CustomStringConvertible {
    package var description: String {
        let before = matched == 0 ? "" : "\(matched) \(matched == 1 ? "byte matches" : "bytes match"), "
        let bits = mask == 0xff ? "" : " (bits \(mask.hex))"
        return "\(before)byte \(position) is \(found.hex), not \(wanted.hex)\(bits)"
    }
}
