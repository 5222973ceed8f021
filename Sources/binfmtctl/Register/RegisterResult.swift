// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The result of a request of `register`.
struct RegisterResult {
    enum Verdict: String, Encodable, CaseIterable {
        case done
        /// The drop-ins are written, but not every entry is as requested.
        case degraded
        /// The request was refused, and nothing was changed.
        case refused
        /// There is no usable registry, and nothing was changed.
        case unavailable
    }

    private(set) var verdict = Verdict.done
    /// Each requested entry, and whether it is as requested.
    private(set) var entries: [(line: StatusLine, isGood: Bool)] = []
    /// The names of the entries that are no longer registered.
    private(set) var removed: [EntryName] = []
    private(set) var warnings: [String] = []
    private(set) var notes: [String] = []
    private(set) var problems: [String] = []
    /// Whether a drop-in or the kernel's table was changed.
    private(set) var hasChanged = false
    /// How long the result lasts.
    private(set) var lifetime = RegisterDropIn.Lifetime.permanent

    var isGood: Bool { verdict == .done }

    /// The time to wait for the daemon while other programs change the registry.
    private static let limit = Duration.seconds(10)

    /// Carries out the request.
    init(_ request: RegisterRequest, _ hostPaths: HostPaths) {
        carryOut(request, hostPaths)
        if verdict == .done, !problems.isEmpty || entries.contains(where: { !$0.isGood }) { verdict = .degraded }
    }

    private mutating func carryOut(_ request: RegisterRequest, _ hostPaths: HostPaths) {
        if request.flags.contains(.credentials) {
            warnings.append(
                "with -c yes every foreign set-uid program runs with its owner's rights, and so does its emulator")
        }
        let status = HostStatus(hostPaths)
        if status.snapshot == nil { return fail(.unavailable, [status.summary]) }
        // Such a daemon registers nothing, so that waiting for it would be in vain.
        if let daemon = status.daemon, [.standby, .unavailable].contains(daemon.verdict) {
            return fail(.unavailable, [daemon.summary])
        }
        let draft: RegisterDraft
        do { draft = try RegisterDraft(request, hostPaths.configDirectories(beside: hostPaths.daemon), status) } catch {
            return fail(.refused, (error as? RegisterDraft.Refusal)?.reasons ?? ["\(error)"])
        }
        lifetime = draft.lifetime
        notes = draft.notes
        problems += draft.foreign.map { "'\($0)' was registered by another program and stays registered." }
        problems += draft.unknown.map(status.unknown)
        let files = FileChanges(draft.changes)
        hasChanged = !files.isEmpty
        do { try Self.write(files, hostPaths) } catch let failure as ReloadFailure {
            problems.append("\(failure)")
        } catch {
            hasChanged = false
            return fail(.unavailable, ["\(error)"])
        }
        verify(draft, hostPaths)
    }

    private mutating func fail(_ verdict: Verdict, _ reasons: [String]) {
        self.verdict = verdict
        problems += reasons
    }

    /// Writes the files, then reloads the daemon, or makes a pass if none runs.
    private static func write(_ files: FileChanges, _ hostPaths: HostPaths) throws {
        if hostPaths.daemon != nil {
            try files.carryOut()
            _ = try hostPaths.reload(ReloadCommand.limit, ifSlow: ReloadResult.tell)
            return
        }
        // Locked before the files are written, so that nothing is declared that could not be registered.
        let registry = try hostPaths.lockRegistry()
        try Files.makeDirectory(hostPaths.stateDirectory)
        let reconciler = try hostPaths.reconciler { () throws(RegistryUnavailable) in registry }
        try files.carryOut()
        _ = try reconciler.pass()
        hostPaths.statusFile.removeDead()
    }

    /// Reads the status until each entry is as requested, or is known not to become so.
    private mutating func verify(_ draft: RegisterDraft, _ hostPaths: HostPaths) {
        let names = (draft.registered + draft.removed).map(\.description)
        if names.isEmpty { return }
        var status = HostStatus(hostPaths, names: names)
        func isFinal() -> Bool {
            status.lines.allSatisfy { line in
                draft.removed.contains(line.item.name) ? line.order == nil : ![.pending, .stale].contains(line.state)
            }
        }
        if !isFinal(), hostPaths.daemon != nil {
            // Without a watch the status is still read a second time.
            _ = try? HostWatch(hostPaths).wait(Self.limit) {
                status = HostStatus(hostPaths, names: names)
                return isFinal()
            }
        }
        func table(_ status: HostStatus) -> [ObservedEntry?] {
            (draft.registered + draft.removed).map { status.snapshot?.observed[$0] }
        }
        if table(draft.status) != table(status) { hasChanged = true }
        for line in status.lines {
            let isRemoved = draft.removed.contains(line.item.name)
            if isRemoved, line.order == nil { continue }
            entries.append((line, !isRemoved && line.state == .active))
        }
        removed = draft.removed.filter { name in !entries.contains { $0.line.item.name == name } }
        problems += status.unknownNames.filter { name in draft.registered.contains { $0.description == name } }
            .map { "Entry '\($0)' is not declared: its drop-in is masked." }
    }
}
