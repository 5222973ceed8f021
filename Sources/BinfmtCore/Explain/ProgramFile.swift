// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file as execve(2) finds it.
package struct ProgramFile: Hashable, Sendable {
    /// The first bytes, as many as the kernel reads; fewer if the file is shorter.
    package let header: [UInt8]
    /// In bytes.
    package let size: Int
    /// The loader that an ELF program names (PT_INTERP); nil if it names none.
    package let loader: FilePath?
    /// The owner, if the set-uid bit is set.
    package let setUser: UInt32?
    /// The group, if the set-gid bit is set.
    package let setGroup: UInt32?
    /// Whether its file system is mounted nosuid, so that the kernel ignores these bits.
    package let ignoresSetUser: Bool

    package init(
        header: [UInt8], size: Int, loader: FilePath? = nil, setUser: UInt32? = nil, setGroup: UInt32? = nil,
        ignoresSetUser: Bool = false
    ) {
        self.header = header
        self.size = size
        self.loader = loader
        self.setUser = setUser
        self.setGroup = setGroup
        self.ignoresSetUser = ignoresSetUser
    }

    /// What a path leads to.
    package enum Lookup: Hashable, Sendable {
        case found(ProgramFile)
        /// What execve(2) answers, and why, where more than the errno is known.
        case failed(Errno, because: String? = nil)
    }
}

extension ProgramFile {
    /// The kind of file, whether or not the kernel can run it.
    package enum Kind: Hashable, Sendable {
        case empty
        case script
        case elf(ELFIdentity)
        /// Printable characters and white space.
        case text
        case other
    }

    package var kind: Kind {
        if header.isEmpty { return .empty }
        if header.starts(with: ScriptLine.start) { return .script }
        if let identity = ELFIdentity(header: header) { return .elf(identity) }
        let isText = header.allSatisfy { $0 >= 0x20 && $0 != 0x7f || (0x09...0x0d).contains($0) || $0 == 0x1b }
        return isText ? .text : .other
    }

    /// Whether the ELF header is a program's whose segments' headers are all in the file, as `load_elf_binary` demands
    /// (`fs/binfmt_elf.c`).
    var isELFProgram: Bool {
        guard let elf = ELFHeader(header) else { return false }
        let layout = ELFHeader.Layout(elf.identity.elfClass)
        let (end, overflows) = elf.segmentTable.addingReportingOverflow(UInt64(elf.segmentCount * elf.segmentSize))
        return (elf.type == ELFHeader.executable || elf.type == ELFHeader.sharedObject)
            && elf.segmentSize == layout.segmentSize && elf.segmentCount > 0 && !overflows && end <= UInt64(size)
    }
}

extension ProgramFile.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "an empty file"
        case .script: "a script (#!)"
        case .elf(let identity):
            "\(identity)" + (QemuTarget.running(identity)?.platform.map { " (\($0))" } ?? "")
        case .text: "text"
        case .other: "data"
        }
    }
}

extension QemuTarget {
    /// The target that runs programs of this identity; where flags tell two apart, the first.
    static func running(_ identity: ELFIdentity) -> QemuTarget? { all.first { $0.identity == identity } }
}
