// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

extension StatusDetail {
    /// Describes the file at the interpreter's path: its version, its owner, and whether the kernel holds it.
    func file(_ path: FilePath) -> String {
        let isFixed = line.item.observed?.understood?.flags.contains(.fixBinary) == true
        guard let file = InterpreterFile.Description(path) else {
            return isFixed
                ? "not on this host; the kernel runs the file that it holds open, perhaps one of a container"
                : "not on this host; a container or a chroot may have it"
        }
        let version = file.isEmulator ? Emulator.version(of: path.string).map { [$0] } ?? [] : []
        var rows = [(version + [file.kind, file.size]).joined(separator: ", ")]
        rows.append("owner \(file.owner), modified \(Timestamp(file.identity.modified.seconds))")
        if isFixed { rows.append(held(file.identity)) }
        if let hazard = file.hazard { rows.append("\(hazard)") }
        return rows.joined(separator: "\n")
    }

    /// Whether the kernel holds the file at the interpreter's path.
    private func held(_ current: FileIdentity) -> String {
        switch status.snapshot.flatMap({ $0.heldFile(line.item.name) }) {
        case nil: "unknown whether the kernel holds this file"
        case current?: "the kernel holds this file"
        default: "the kernel holds an older file"
        }
    }
}
