// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The status of the host's registry, or the reason why there is none.
struct HostStatus {
    let hostPaths: HostPaths
    let issues: [Issue]
    let verdict: Report.Verdict
    let summary: String
    /// Nil if there is no registry.
    let snapshot: HostSnapshot?
    /// The status that the daemon publishes; nil if none runs.
    let daemon: DaemonStatus?
    /// The process of a daemon that was killed or crashed.
    let deadDaemon: Int32?
    /// All entries.
    let everyLine: [StatusLine]
    /// The entries that were asked for.
    let lines: [StatusLine]
    /// Names that were asked for and that no entry has.
    let unknownNames: [String]

    /// Whether everything that was asked for is as declared.
    var isInSync: Bool { verdict == .inSync }

    /// The interpreters of all declared entries, whose files decide the states.
    var interpreters: [FilePath] { snapshot?.configuration.entries.flatMap(\.interpreters) ?? [] }

    /// The time when an entry was registered.
    func since(_ line: StatusLine) -> FileTime? {
        line.item.observed.flatMap { KernelRegistry.since($0.name, at: hostPaths.registry) }
    }
}

extension HostStatus {
    /// Reads the status of this host.
    ///
    /// - Parameters:
    ///   - names: the entries to show; all if empty.
    ///   - preview: files that are not saved yet.
    init(_ hostPaths: HostPaths, names: [String] = [], previewing preview: ConfigPreview = ConfigPreview()) {
        let daemon = hostPaths.daemon
        do {
            let reconciler = try hostPaths.reconciler(beside: daemon, previewing: preview) {
                () throws(RegistryUnavailable) in
                try hostPaths.openRegistry()
            }
            do { self.init(hostPaths, HostSnapshot(try reconciler.preview()), daemon, names: names) } catch {
                var directories = hostPaths.configDirectories(beside: daemon)
                let issues = directories.read().configuration.issues
                self.init(hostPaths, unavailable: "\(error)", daemon, issues: issues)
            }
        } catch {
            self.init(hostPaths, unavailable: "cannot tell the format of this program: \(error)", daemon, issues: [])
        }
    }

    init(_ hostPaths: HostPaths, _ snapshot: HostSnapshot, _ daemon: DaemonStatus?, names: [String] = []) {
        let all = StatusLine.all(in: snapshot, daemon)
        let selection = Selection(names, of: all)
        self.hostPaths = hostPaths
        self.snapshot = snapshot
        self.daemon = daemon
        deadDaemon = daemon == nil ? hostPaths.statusFile.deadProcess : nil
        issues = snapshot.configuration.issues
        everyLine = all
        lines = selection.lines
        unknownNames = selection.unknownNames
        if names.isEmpty {
            let report = Report(.command, snapshot.configuration, after: snapshot.plan)
            let isStandby = daemon?.verdict == .standby && report.verdict != .inSync
            let isDead = deadDaemon != nil && report.verdict == .inSync
            verdict = isStandby ? .standby : isDead ? .degraded : report.verdict
            // Unlike the plan, it knows which entries are shadowed, and lists no stand-ins.
            summary = Report.summary(snapshot.configuration, all.lazy.map(\.state))
        } else {
            verdict = selection.verdict
            summary = selection.summary
        }
    }

    init(_ hostPaths: HostPaths, unavailable reason: String, _ daemon: DaemonStatus?, issues: [Issue]) {
        self.hostPaths = hostPaths
        self.issues = issues
        self.daemon = daemon
        deadDaemon = nil
        verdict = .unavailable
        summary = reason
        snapshot = nil
        everyLine = []
        lines = []
        unknownNames = []
    }
}
