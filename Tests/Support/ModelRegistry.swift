// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// A registry in memory, for tests that need thousands of states or failures at will. The table in RegistryTests proves
/// that it answers as the kernel does, both the one that runs the tests and Linux 7.3.
package final class ModelRegistry: Registry {
    /// The entries in matching order.
    private var entries: [ObservedEntry] = []
    private var isEnabled = true
    private var registrations: UInt64 = 0
    /// Entries that were registered disabled and not enabled since: they have no place in the matching order yet.
    private var staged: Set<RegistrationIdentity> = []
    package let features: KernelFeatures
    /// The number of writes requested so far.
    package private(set) var writes = 0
    /// The write, counted from 0, that fails with EIO.
    package var failing: Int?

    /// - Parameter version: of the kernel to be.
    package init(_ version: KernelVersion = KernelVersion(6, 18)) { features = KernelFeatures(version: version) }

    package func observe() throws(RegistryUnavailable) -> ObservedState {
        ObservedState(isEnabled: isEnabled, entries: entries)
    }

    package func perform(_ writes: [KernelWrite]) -> (done: Int, error: Errno?) {
        for (done, write) in writes.enumerated() {
            do { try make(write) } catch { return (done, error) }
        }
        return (writes.count, nil)
    }

    private func make(_ write: KernelWrite) throws(Errno) {
        defer { writes += 1 }
        if writes == failing { throw .ioError }
        switch write {
        case .register(let string): try register(string)
        case .unregister(let name): entries.remove(at: try place(of: name))
        case .enable(let name): try setEnabled(name, true)
        case .enableRegistry: isEnabled = true
        }
    }

    /// Writes that other programs make, but binfmtd does not.
    package func disable(_ name: EntryName) throws(Errno) { try setEnabled(name, false) }

    /// rm(1), which Linux 7.3 allows.
    package func unlink(_ name: EntryName) throws(Errno) {
        let place = try place(of: name)
        guard features.has(.staging) else { throw .notPermitted }
        entries.remove(at: place)
    }

    package func disableRegistry() { isEnabled = false }

    package func flush() { entries = [] }

    private func register(_ string: RegisterString) throws(Errno) {
        let name = string.name
        // A stand-in's string is that of its entry with the prefix before the name.
        let prefix = name.bytes.count - (name.standInFor ?? name).bytes.count
        let line = string.bytes.prefix(1) + string.bytes.dropFirst(1 + prefix)
        guard let read = try? RegisterLine(line) else { throw .invalidArgument }
        let parsed = read.entry
        let isKnown = features.missing(for: parsed.recognition, parsed.flags) == nil
        if !isKnown || read.isDisabled && !features.has(.staging) || parsed.flags.conflict != nil {
            throw .invalidArgument
        }
        if entries.contains(where: { $0.name == name }) { throw .fileExists }
        let entry = Entry(
            name: name, recognition: parsed.recognition, interpreter: parsed.interpreter, flags: parsed.flags)
        registrations += 1
        let registration = RegistrationIdentity(inode: registrations)
        if read.isDisabled { staged.insert(registration) }
        entries.insert(observed(entry, registration, isEnabled: !read.isDisabled), at: 0)
    }

    private func place(of name: EntryName) throws(Errno) -> Int {
        guard let place = entries.firstIndex(where: { $0.name == name }) else { throw .noSuchFileOrDirectory }
        return place
    }

    private func setEnabled(_ name: EntryName, _ isEnabled: Bool) throws(Errno) {
        let place = try place(of: name)
        guard let entry = entries[place].entry else { throw .ioError }
        let changed = observed(entry, entries[place].registration, isEnabled: isEnabled)
        entries[place] = changed
        if isEnabled, staged.remove(changed.registration) != nil {
            entries.remove(at: place)
            entries.insert(changed, at: 0)
        }
    }

    private func observed(
        _ entry: Entry, _ registration: RegistrationIdentity, isEnabled: Bool = true
    ) -> ObservedEntry {
        let text = KernelText.of(entry, isEnabled: isEnabled)
        return ObservedEntry(
            name: entry.name, registration: registration,
            status: Result { () throws(EntryStatus.Malformed) in try EntryStatus(parsing: Array(text.utf8)) })
    }
}

/// The kernel's text for an entry (`entry_status` in `fs/binfmt_misc.c`).
package enum KernelText {
    package static func of(_ entry: Entry, isEnabled: Bool = true) -> String {
        var text = "\(isEnabled ? "enabled" : "disabled")\ninterpreter \(entry.interpreter)\n"
        text += "flags: \(entry.flags.letters)\n"
        switch entry.recognition {
        case .filenameExtension(let name): text += "extension .\(name)\n"
        case .handler: break
        case .magic(let pattern):
            text += "offset \(pattern.offset)\nmagic \(pattern.magic.hex)\n"
            if !pattern.isExact { text += "mask \(pattern.mask.hex)\n" }
        }
        return text
    }
}
