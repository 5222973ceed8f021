// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

/// Which files `register` changes, so that which entries are there and which are not.
struct RegisterDraft {
    /// The entries that are to hold, and those that are to be gone.
    private(set) var registered: [EntryName] = []
    private(set) var removed: [EntryName] = []
    /// The new text of each file; nil for one that is taken away.
    private(set) var changes: [FilePath: [UInt8]?] = [:]
    /// What was asked for and is not done, because it need not or cannot be.
    private(set) var notes: [String] = []
    /// Entries that were to be gone and are not ours.
    private(set) var foreign: [EntryName] = []
    /// Names that nothing has.
    private(set) var unknown: [String] = []

    /// Whether it ends with the next reboot.
    var isPassing: Bool {
        changes.contains { $0.value != nil && $0.key.removingLastComponent() == directories.passingDropIns }
    }

    private let request: RegisterRequest
    private let directories: ConfigDirectories
    private let status: HostStatus

    /// Why nothing is done.
    struct Refusal: Error {
        let reasons: [String]
    }

    /// - Parameter status: how the host stands now.
    /// - Throws: a `Refusal`, or the errno of reading this program's own header.
    init(_ request: RegisterRequest, _ directories: ConfigDirectories, _ status: HostStatus) throws {
        self.request = request
        self.directories = directories
        self.status = status
        let targets = try targets()
        registered = targets.map(RegisterDropIn.name)
        for pattern in request.removed { remove(pattern) }
        for target in targets { add(target) }
        try disable()
        let configuration = configuration()
        let desired = try DesiredState(onThisHost: configuration)
        try check(configuration, desired)
        if !request.replacesForeign { try checkForeign(desired) }
    }

    // MARK: - What is asked for

    private mutating func targets() throws -> [QemuTarget] {
        guard let selection = request.selection else { return [] }
        let probe = try NativeProbe()
        guard case .targets(let named) = selection else {
            let native = probe.natives(among: QemuTarget.all)
            return QemuTarget.all.filter { !native.contains($0) }
        }
        let native = probe.natives(among: named)
        for target in QemuTarget.all where native.contains(target) {
            notes.append("\(target.name): this processor runs such programs itself, which need no entry.")
        }
        return QemuTarget.all.filter { named.contains($0) && !native.contains($0) }
    }

    private mutating func add(_ target: QemuTarget) {
        let name = RegisterDropIn.name(of: target)
        let content = RegisterDropIn.Content.register(
            target, interpreter: request.interpreter(for: target), request.flags)
        // The file below /run would win over the permanent one.
        if request.isPermanent, exists(name, isPermanent: false) {
            changes[path(name, isPermanent: false)] = .some(nil)
        }
        changes[path(name, isPermanent: request.isPermanent)] =
            RegisterDropIn(name, content).text(command: request.command)
    }

    private mutating func remove(_ pattern: String) {
        let target = QemuTarget.named(pattern).map { RegisterDropIn.name(of: $0).description }
        let lines = status.everyLine.filter { line in
            line.name == target || line.name == pattern || fnmatch(pattern, line.name, 0) == 0
        }
        if lines.isEmpty, target == nil, !pattern.contains(where: "*?[".contains) { unknown.append(pattern) }
        for line in lines where !registered.contains(line.item.name) && !removed.contains(line.item.name) {
            let name = line.item.name
            if line.item.observed == nil, line.state == .disabled { continue }
            if line.item.observed != nil, !line.item.isOwned {
                foreign.append(name)
                continue
            }
            removed.append(name)
            for isPermanent in [false, true] where exists(name, isPermanent: isPermanent) {
                changes[path(name, isPermanent: isPermanent)] = .some(nil)
            }
        }
    }

    /// Has what other files go on declaring not registered.
    private mutating func disable() throws {
        if removed.isEmpty { return }
        let declared = try Self.declared(configuration())
        for name in removed where declared[name] != nil {
            changes[path(name, isPermanent: request.isPermanent)] =
                RegisterDropIn(name, .disable).text(command: request.command)
        }
        let left = try Self.declared(configuration())
        let reasons = removed.compactMap { name in left[name]?.location.map { overruled(name, by: $0) } }
        if !reasons.isEmpty { throw Refusal(reasons: reasons) }
        removed = removed.filter { name in
            changes.keys.contains { $0 == path(name, isPermanent: false) || $0 == path(name, isPermanent: true) }
                || status.preview?.observed[name] != nil
        }
    }

    /// What is declared to be registered, whether it can be or not.
    private static func declared(_ configuration: Configuration) throws -> [EntryName: DeclaredEntry] {
        let desired = try DesiredState(onThisHost: configuration)
        let withheld = desired.withheld.filter { $0.state != .disabled }.map(\.declared)
        return Dictionary((desired.entries.map(\.declared) + withheld).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    private func overruled(_ name: EntryName, by other: SourceLocation) -> String {
        let file = RegisterDropIn.fileName(name, isPermanent: request.isPermanent)
        return "\(other.place) declares '\(name)', and wins: its file comes after \(file). Change it there."
    }

    private func path(_ name: EntryName, isPermanent: Bool) -> FilePath {
        let folder = isPermanent ? directories.permanentDropIns : directories.passingDropIns
        return folder.appending(RegisterDropIn.fileName(name, isPermanent: isPermanent))
    }

    private func exists(_ name: EntryName, isPermanent: Bool) -> Bool {
        path(name, isPermanent: isPermanent).withPlatformString { access($0, F_OK) } == 0
    }

    /// What the files would say with the changes made so far, read just as the daemon reads them.
    private func configuration() -> Configuration {
        var directories = directories
        return directories.read(overlaying: changes).configuration
    }

    // MARK: - Whether it can be

    /// Refuses what the files would not come to; of all targets, leaves out those without an emulator.
    private mutating func check(_ configuration: Configuration, _ desired: DesiredState) throws {
        let files = Set(registered.map { path($0, isPermanent: request.isPermanent) })
        var reasons = configuration.issues.filter { $0.severity == .error && files.contains($0.location.file) }.map(
            \.problem)
        let wanted = Dictionary(desired.entries.map { ($0.entry.name, $0) }, uniquingKeysWith: { $1 })
        let withheld = Dictionary(desired.withheld.map { ($0.declared.name, $0) }, uniquingKeysWith: { $1 })
        var absent: [EntryName] = []
        for name in registered {
            let declared = wanted[name]?.declared ?? withheld[name]?.declared
            if let other = declared?.location, !files.contains(other.file) {
                reasons.append(overruled(name, by: other))
            } else if let withheld = withheld[name], withheld.state == .waiting {
                absent.append(name)
                if case .targets = request.selection {
                    reasons.append("\(name): \(withheld.reason); \(QemuPackage.advice).")
                }
            } else if let withheld = withheld[name] {
                reasons.append("\(name): \(withheld.reason).")
            }
        }
        if absent.count == registered.count, !absent.isEmpty, reasons.isEmpty {
            reasons = ["No emulator of QEMU's is installed: \(QemuPackage.advice)."]
        }
        if !reasons.isEmpty { throw Refusal(reasons: reasons) }
        guard !absent.isEmpty else { return }
        for name in absent { changes[path(name, isPermanent: request.isPermanent)] = nil }
        registered.removeAll(where: absent.contains)
        let count = absent.count == 1 ? "1 target has" : "\(absent.count) targets have"
        notes.append("\(count) no emulator here, and \(absent.count == 1 ? "is" : "are") left out.")
    }

    /// Nothing of others is replaced unless that was asked for.
    private func checkForeign(_ desired: DesiredState) throws {
        let wanted = Dictionary(desired.entries.map { ($0.entry.name, $0.entry) }, uniquingKeysWith: { $1 })
        let owned = Set(status.everyLine.lazy.filter(\.item.isOwned).map(\.item.name))
        let reasons = registered.compactMap { name -> String? in
            guard let found = status.preview?.observed[name], !owned.contains(name),
                found.entry == nil || found.entry != wanted[name]
            else { return nil }
            let flags = found.understood.map { $0.flags.isEmpty ? ", without flags" : ", flags \($0.flags.letters)" }
            let what = found.understood.map { " (\($0.interpreter.printable)\(flags ?? ""))" } ?? ""
            return "\(name): another program has registered this name already\(what); --reset replaces it."
        }
        if !reasons.isEmpty { throw Refusal(reasons: reasons) }
    }
}
