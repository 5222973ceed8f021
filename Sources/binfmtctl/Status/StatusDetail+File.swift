// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

extension StatusDetail {
    /// Describes the file at an interpreter's path: its version, its owner, and whether the kernel holds it.
    func file(_ path: FilePath) -> String {
        let isFixed = line.item.observed?.understood?.holdsInterpreters == true
        guard let file = InterpreterFile.Description(path) else {
            return isFixed
                ? "not on this host; the kernel runs the file that it holds open, perhaps one of a container"
                : "not on this host; a container or a chroot may have it"
        }
        let version = file.isEmulator ? Emulator.version(of: path.string).map { [$0] } ?? [] : []
        var rows = [(version + [file.kind, file.size]).joined(separator: ", ")]
        rows.append("owner \(file.owner), modified \(Timestamp(file.identity.modified.seconds))")
        if isFixed { rows.append(held(path, file.identity)) }
        if let hazard = file.hazard { rows.append("\(hazard)") }
        return rows.joined(separator: "\n")
    }

    /// Whether the kernel holds the file at the interpreter's path.
    private func held(_ path: FilePath, _ current: FileIdentity) -> String {
        let place = line.item.observed?.understood?.namedInterpreters.firstIndex(of: path)
        let files = status.snapshot?.heldFiles(line.item.name)?.files ?? []
        guard let place, files.indices.contains(place) else { return "unknown whether the kernel holds this file" }
        return files[place] == current ? "the kernel holds this file" : "the kernel holds an older file"
    }
}
