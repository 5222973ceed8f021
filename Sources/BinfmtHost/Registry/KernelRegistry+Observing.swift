// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

extension KernelRegistry {
    package func observe() throws(RegistryUnavailable) -> ObservedState {
        let changes = changes?.take() ?? .all
        if changes == .unmounted { throw .notMounted(path) }
        if changes == .files([]), let last { return last }
        do {
            let observed = try read(changes)
            if self.changes != nil { last = observed }
            return observed
        } catch {
            last = nil
            throw .failed(path, error)
        }
    }

    /// Reads the list of entries, and each entry that may have changed since the last observation.
    private func read(_ changes: RegistryChanges.Answer) throws(Errno) -> ObservedState {
        var known: ObservedState?
        var written: Set<[UInt8]> = []
        // A write to `status` changes all entries.
        if case .files(let files) = changes, !files.contains(Self.statusFile) {
            known = last
            written = files
        }
        let isEnabled = if let known { known.isEnabled } else { try readStatus() }
        // readdir(3) lists the newest entry first, which is the matching order (Linux 6.1, 6.12, 6.18; 7.3 where no entry
        // was registered disabled).
        let items = try directory.items()
        var entries: [ObservedEntry] = []
        var paths = RecentPath()
        var text = [UInt8](repeating: 0, count: 4096)
        entries.reserveCapacity(items.count)
        for item in items where item.name != Self.statusFile && item.name != Self.registerFile {
            let name = EntryName(observed: item.name)
            if let entry = known?[name], entry.registration.inode == item.inode, !written.contains(item.name) {
                entries.append(entry)
            } else if let entry = try read(name, item.inode, &paths, &text) {
                entries.append(entry)
            }
        }
        let arranged = staged.arrange(entries, after: last) { features.has(.staging) }
        return ObservedState(isEnabled: isEnabled, entries: arranged)
    }

    private func readStatus() throws(Errno) -> Bool {
        let file = try open(Self.statusFile, O_RDONLY)
        return try Files.read(file.descriptor, limit: 1).starts(with: "enabled".utf8)
    }

    /// - Parameters:
    ///   - inode: the inode from the listing, which saves a call (docs/performance.md). An entry that was re-registered
    ///     since then is read again, because that was a write.
    ///   - text: a buffer for the text of its file.
    /// - Returns: nil if the entry was removed since it was listed.
    private func read(
        _ name: EntryName, _ inode: UInt64, _ paths: inout RecentPath, _ text: inout [UInt8]
    ) throws(Errno) -> ObservedEntry? {
        let count: Int
        do {
            let file = try open(name.bytes, O_RDONLY)
            // The kernel formats the whole text, a page at most, at the first read.
            count = try Errno.rethrowing { try text.withUnsafeMutableBytes { try file.descriptor.read(into: $0) } }
        } catch .noSuchFileOrDirectory { return nil }
        return ObservedEntry(
            name: name, registration: RegistrationIdentity(inode: inode),
            status: Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: text[..<count], &paths) })
    }

    /// The time when an entry was registered, or last opened by a shell's `>`; nil if the entry was removed.
    ///
    /// - Parameter path: where the registry is mounted.
    package static func since(_ name: EntryName, at path: FilePath) -> FileTime? {
        (try? Stat(path.appending(name: name.bytes))).map { FileTime($0.st_mtim) }
    }
}
