// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// What became of what `register` was asked for.
struct RegisterResult {
    enum Verdict: String {
        case done
        /// It is declared, and not all of it holds.
        case degraded
        /// Nothing was changed.
        case refused, unavailable
    }

    private(set) var verdict = Verdict.done
    /// Each entry that was asked for, and whether it is as asked.
    private(set) var entries: [(line: HostStatus.Line, isGood: Bool)] = []
    /// The names that are not in the kernel any more.
    private(set) var removed: [EntryName] = []
    /// What else there is to say, before and after the entries.
    private(set) var warnings: [String] = []
    private(set) var notes: [String] = []
    private(set) var problems: [String] = []
    /// Whether the next reboot ends it.
    private(set) var isPassing = false

    var isGood: Bool { verdict == .done }

    /// How long others may keep the daemon from it.
    private static let limit = Duration.seconds(10)

    /// Does it.
    init(_ request: RegisterRequest, _ installation: Installation) {
        attempt(request, installation)
        if verdict == .done, !problems.isEmpty || entries.contains(where: { !$0.isGood }) { verdict = .degraded }
    }

    private mutating func attempt(_ request: RegisterRequest, _ installation: Installation) {
        if request.flags.contains(.credentials) {
            warnings.append(
                "with -c yes any foreign set-uid program runs with its owner's rights, through the emulator as well")
        }
        let status = HostStatus(installation)
        if status.picture == nil { return fail(.unavailable, [status.summary]) }
        // A daemon that may not register anything would be waited for in vain.
        if let daemon = status.daemon, [.standby, .unavailable].contains(daemon.verdict) {
            return fail(.unavailable, [daemon.summary])
        }
        let draft: RegisterDraft
        do { draft = try RegisterDraft(request, installation.configDirectories, status) } catch {
            return fail(.refused, (error as? RegisterDraft.Refusal)?.reasons ?? ["\(error)"])
        }
        isPassing = draft.isPassing
        notes = draft.notes
        problems += draft.foreign.map { "'\($0)' was registered by another program, and stays." }
        problems += draft.unknown.map {
            "There is no entry '\($0)'\(Spelling.hint(for: $0, among: status.everyLine.map(\.name)))."
        }
        do { try Self.carryOut(draft, installation) } catch let failure as ReloadFailure {
            problems.append("\(failure)")
        } catch {
            return fail(.unavailable, ["\(error)"])
        }
        look(draft, installation)
    }

    private mutating func fail(_ verdict: Verdict, _ reasons: [String]) {
        self.verdict = verdict
        problems += reasons
    }

    /// Writes the files, and has the daemon read them, or makes a pass where none runs.
    private static func carryOut(_ draft: RegisterDraft, _ installation: Installation) throws {
        let files = FileChanges(draft.changes)
        if installation.daemon != nil {
            try files.carryOut()
            _ = try installation.reload(ReloadCommand.limit)
            return
        }
        // Whoever could not register anything declares nothing either.
        let registry = try installation.lockRegistry()
        try Files.makeDirectory(installation.stateDirectory)
        let reconciler = try installation.reconciler { () throws(RegistryUnavailable) in registry }
        try files.carryOut()
        _ = try reconciler.pass()
    }

    /// Looks until each entry is as asked for, or is known not to become so.
    private mutating func look(_ draft: RegisterDraft, _ installation: Installation) {
        let names = (draft.registered + draft.removed).map(\.description)
        if names.isEmpty { return }
        var status = HostStatus(installation, names: names)
        func isSettled() -> Bool {
            status.lines.allSatisfy { line in
                draft.removed.contains(line.item.name) ? line.order == nil : ![.pending, .stale].contains(line.state)
            }
        }
        if !isSettled(), installation.daemon != nil {
            // What cannot be watched is looked at twice.
            _ = try? HostWatch(installation).wait(Self.limit) {
                status = HostStatus(installation, names: names)
                return isSettled()
            }
        }
        for line in status.lines {
            let isRemoved = draft.removed.contains(line.item.name)
            if isRemoved, line.order == nil { continue }
            entries.append((line, !isRemoved && line.state == .active))
        }
        removed = draft.removed.filter { name in !entries.contains { $0.line.item.name == name } }
        problems += status.unknownNames.filter { name in draft.registered.contains { $0.description == name } }
            .map { "Entry '\($0)' is not declared: a masked file hides it." }
    }
}
