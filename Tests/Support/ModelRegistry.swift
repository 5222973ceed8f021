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
    /// The BPF handlers that are loaded.
    private let handlers: Set<[UInt8]>
    /// The files that no interpreter can be bound to.
    package var missing: Set<FilePath> = []
    package let features: KernelFeatures
    /// The number of writes requested so far.
    package private(set) var writes = 0
    /// The write, counted from 0, that fails with EIO.
    package var failing: Int?

    /// - Parameters:
    ///   - version: of the kernel to be.
    ///   - handlers: the BPF handlers that are loaded; nil for a kernel that was built without them.
    package init(_ version: KernelVersion = KernelVersion(6, 18), handlers: [String]? = nil) {
        self.handlers = Set((handlers ?? []).map { Array($0.utf8) })
        features = KernelFeatures(version: version) { $0 == .handlers && handlers == nil ? false : nil }
    }

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
        case .bind(let name, let interpreter): try bind(interpreter, to: name)
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
        if let handler = parsed.recognition.handler, !handlers.contains(handler.name) { throw .noSuchFileOrDirectory }
        if entries.contains(where: { $0.name == name }) { throw .fileExists }
        let entry = Entry(
            name: name, recognition: parsed.recognition, interpreter: parsed.interpreter, flags: parsed.flags)
        registrations += 1
        let registration = RegistrationIdentity(inode: registrations)
        if read.isDisabled { staged.insert(registration) }
        entries.insert(observed(entry, registration, isEnabled: !read.isDisabled), at: 0)
    }

    /// `bm_entry_add_interp`. Once an entry was matchable, its interpreters stay as they are.
    private func bind(_ interpreter: BPFHandler.Interpreter, to name: EntryName) throws(Errno) {
        let place = try place(of: name)
        guard let entry = entries[place].entry, let handler = entry.recognition.handler else { throw .invalidArgument }
        guard staged.contains(entries[place].registration) else { throw .resourceBusy }
        let word = String(decoding: interpreter.name, as: UTF8.self)
        guard BPFHandler.Interpreter.problem(ofName: word) == nil, interpreter.path.isAbsolute else {
            throw .invalidArgument
        }
        if missing.contains(interpreter.path) { throw .noSuchFileOrDirectory }
        if handler.interpreters.contains(where: { $0.name == interpreter.name }) { throw .fileExists }
        if handler.interpreters.count >= BPFHandler.maximumInterpreters { throw .noSpace }
        let bound = BPFHandler(name: handler.name, interpreters: handler.interpreters + [interpreter])
        let changed = Entry(name: name, handler: bound)
        entries[place] = observed(changed, entries[place].registration, isEnabled: false)
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
        var text = "\(isEnabled ? "enabled" : "disabled")\n"
        if let handler = entry.recognition.handler {
            text += "bpf \(handler)\n" + handler.interpreters.map { "bpf-interpreter \($0)\n" }.joined()
        } else {
            text += "interpreter \(entry.interpreter)\n"
        }
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
