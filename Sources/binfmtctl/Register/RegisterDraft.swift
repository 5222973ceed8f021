// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

/// The drop-ins that `register` has to write and delete for a request.
struct RegisterDraft {
    /// The entries that will be registered.
    var registered: [EntryName] = []
    /// The entries that will be unregistered.
    private(set) var removed: [EntryName] = []
    /// The new text of each file; nil for a file to delete.
    var changes: [FilePath: [UInt8]?] = [:]
    /// Parts of the request that are not necessary or not possible.
    var notes: [String] = []
    /// Entries to unregister that another program registered.
    private(set) var foreign: [EntryName] = []
    /// Names that no entry has.
    private(set) var unknown: [String] = []

    let request: RegisterRequest
    let directories: ConfigDirectories
    let status: HostStatus

    /// The reasons why a request is refused.
    struct Refusal: Error {
        let reasons: [String]
    }

    /// - Parameter status: the host's status before the request.
    /// - Throws: a `Refusal`, or ENOEXEC if QEMU does not know the format of this program.
    init(_ request: RegisterRequest, _ directories: ConfigDirectories, _ status: HostStatus) throws {
        self.request = request
        self.directories = directories
        self.status = status
        let selection = try TargetSelection(request.selection)
        notes = selection.native.map {
            "\($0.name): this processor runs such programs itself; no entry is needed."
        }
        registered = selection.targets.map(\.entryName)
        for pattern in request.removed { remove(pattern) }
        for target in selection.targets { add(target) }
        try disableRemoved()
        let configuration = changedConfiguration()
        let desired = try DesiredState(onThisHost: configuration)
        try check(configuration, desired)
        if !request.replacesForeign { try checkForeign(desired) }
    }

    /// How long the result lasts: until the next reboot if any of the new files is below /run.
    var lifetime: RegisterDropIn.Lifetime {
        let isRuntime = changes.contains {
            $0.value != nil && $0.key.removingLastComponent() == directories.dropIns(.runtime)
        }
        return isRuntime ? .runtime : .permanent
    }

    // MARK: - The files

    /// What the files would declare with the changes made so far, read just as the daemon reads them.
    private func changedConfiguration() -> Configuration {
        var directories = directories
        return directories.read(overlaying: changes).configuration
    }

    func path(_ name: EntryName, _ lifetime: RegisterDropIn.Lifetime) -> FilePath {
        directories.dropIns(lifetime).appending(RegisterDropIn.fileName(name, lifetime))
    }

    private func exists(_ name: EntryName, _ lifetime: RegisterDropIn.Lifetime) -> Bool {
        path(name, lifetime).withPlatformString { access($0, F_OK) } == 0
    }

    // MARK: - The requested entries

    private mutating func add(_ target: QemuTarget) {
        let name = target.entryName
        let content = RegisterDropIn.Content.register(
            target, interpreter: request.interpreter(for: target), request.flags)
        // The file below /run would override the permanent one.
        if request.lifetime == .permanent, exists(name, .runtime) { changes[path(name, .runtime)] = .some(nil) }
        changes[path(name, request.lifetime)] = RegisterDropIn(name, content).text(
            command: request.command, schema: ConfigSchema.path)
    }

    private mutating func remove(_ pattern: String) {
        let target = QemuTarget.named(pattern).map { $0.entryName.description }
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
            for lifetime in RegisterDropIn.Lifetime.allCases where exists(name, lifetime) {
                changes[path(name, lifetime)] = .some(nil)
            }
        }
    }

    /// Disables the removed entries that other files still declare.
    private mutating func disableRemoved() throws {
        if removed.isEmpty { return }
        let declared = try Self.declared(changedConfiguration())
        for name in removed where declared[name] != nil {
            changes[path(name, request.lifetime)] = RegisterDropIn(name, .disable).text(
                command: request.command, schema: ConfigSchema.path)
        }
        let left = try Self.declared(changedConfiguration())
        let reasons = removed.compactMap { name in left[name]?.location.map { overridden(name, by: $0) } }
        if !reasons.isEmpty { throw Refusal(reasons: reasons) }
        removed = removed.filter { name in
            RegisterDropIn.Lifetime.allCases.contains { changes.keys.contains(path(name, $0)) }
                || status.snapshot?.observed[name] != nil
        }
    }

    /// The entries that are declared and not disabled, whether they can be registered or not.
    private static func declared(_ configuration: Configuration) throws -> [EntryName: DeclaredEntry] {
        let desired = try DesiredState(onThisHost: configuration)
        let withheld = desired.withheld.filter { $0.state != .disabled }.map(\.declared)
        return Dictionary((desired.entries.map(\.declared) + withheld).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }
}
